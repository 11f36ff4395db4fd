package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommandLineTest {

    private static final Path DISTRIBUTION = Path.of("/opt/pollux");

    private static CommandLine parse(String... args) throws UsageException {
        return CommandLine.parse(List.of(args), Map.of(), DISTRIBUTION);
    }

    private static void assertRefused(String message, String... args) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(args));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @Test
    void nothing_at_all_asks_for_help() throws UsageException {
        assertEquals(new CommandLine.Help(), parse());
        assertEquals(new CommandLine.Help(), parse("help"));
        assertEquals(new CommandLine.Help(), parse("run", "--help"));
    }

    @Test
    void the_home_is_an_option_or_in_the_environment_or_in_the_distribution() throws UsageException {
        assertEquals(new CommandLine.Run(Path.of("/opt/pollux/.pollux"), List.of(), true, false, false), parse("run"));
        assertEquals(
                new CommandLine.Run(Path.of("/srv/a"), List.of(), true, false, false),
                parse("run", "--home", "/srv/b/../a"));
        assertEquals(
                new CommandLine.Run(Path.of("/srv/c"), List.of(), true, false, false),
                CommandLine.parse(List.of("run"), Map.of("POLLUX_HOME", "/srv/c"), DISTRIBUTION));
    }

    @Test
    void settings_keep_their_order() throws UsageException {
        assertEquals(
                new CommandLine.Run(
                        Path.of("/h"),
                        List.of(new Setting("a", "b", "1"), new Setting("a", "b", "2")),
                        false,
                        true,
                        true),
                parse(
                        "run",
                        "--set",
                        "a.b=1",
                        "--home",
                        "/h",
                        "--no-console",
                        "--samples",
                        "--succeed",
                        "--set",
                        "a.b=2"));
    }

    @Test
    void a_shell_command_is_all_that_follows_the_options() throws UsageException {
        assertEquals(new CommandLine.Shell(Path.of("/h"), Optional.empty(), false), parse("shell", "--home", "/h"));
        assertEquals(
                new CommandLine.Shell(Path.of("/h"), Optional.of("lb -s --home"), false),
                parse("shell", "--home", "/h", "lb", "-s", "--home"));
        assertEquals(
                new CommandLine.Shell(Path.of("/h"), Optional.of("pollux:status"), true),
                parse("shell", "--home", "/h", "--watch", "pollux:status"));
    }

    @Test
    void what_is_not_understood_is_named() {
        assertRefused("unknown command 'fly'", "fly");
        assertRefused("unknown option '--fast'", "run", "--fast");
        assertRefused("run takes no 'now'", "run", "now");
        assertRefused("--home needs a folder after it", "run", "--home");
        assertRefused("--set needs PID.KEY=VALUE after it", "run", "--set");
        assertRefused("--set x: not of the form", "run", "--set", "x");
        assertRefused("are for run", "shell", "--set", "a.b=1");
        assertRefused("are for run", "shell", "--samples");
    }
}
