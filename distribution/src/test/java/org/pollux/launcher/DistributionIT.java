package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as it is shipped, in processes of its own. Most tests share one server. */
final class DistributionIT {

    private static final String LOOPBACK = "tcp6 0000000000000000FFFF00000100007F:";

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    /** A server on a home that has some faults already. */
    @BeforeAll
    static void start() throws Exception {
        Home home = new Home(folder.resolve("first home"));
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("pollux.echo.cfg"), "endpoint = tcp://127.0.0.1:1\n");
        Files.writeString(home.conf().resolve("pollux.broken.cfg"), "<properties><entry");
        Files.createDirectories(home.deploy());
        new BundleJar("test.unresolved")
                .header("Import-Package", "org.acme.pump;version=\"[1.0,2.0)\"")
                .write(home.deploy().resolve("unresolved.jar"));
        server = ServerProcess.running(
                home.root(),
                "--set",
                "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.http.endpoint=tcp://127.0.0.1:0");
        server.awaitPrinted("test.unresolved");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void the_shell_runs_a_command_and_has_its_exit_status() {
        ServerProcess.Answer bundles = server.shell("lb -s");
        assertEquals(0, bundles.status());
        assertTrue(bundles.text().contains("org.pollux.reactor-runtime"), bundles.text());

        assertEquals(
                new ServerProcess.Answer(1, "unknown command 'brew'; 'help' lists those that there are\n"),
                server.shell("brew"));
    }

    @Test
    void help_shows_our_commands_first_with_what_they_do() {
        String help = server.shell("help").text();
        int ours = help.indexOf("backend [backend]");
        assertTrue(ours >= 0 && help.contains("which backend polls"), help);
        assertTrue(ours < help.indexOf("felix: "), help);
        assertTrue(server.shell("help backend").text().contains("which backend polls"));
        assertEquals(0, server.shell("help lb").status());
        assertEquals(1, server.shell("help nonesuch").status());
    }

    @Test
    void words_are_completed() throws Exception {
        assertEquals(List.of("start", "status"), completed("sta"));
        assertEquals(List.of("libevent"), completed("backend l"));
        assertEquals(List.of("pollux:backend"), completed("pollux:b"));
        assertTrue(completed("lb; headers org.pollux.pro").contains("org.pollux.protocol-http"));
        assertEquals(List.of(), completed("nonesuch "));
    }

    private static List<String> completed(String typed) throws Exception {
        try (ShellConnection shell = ShellConnection.to(server.home())) {
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            shell.send("LINES\n\t" + typed + "\n");
            assertEquals(0, shell.response(words));
            return words.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("\t.*", ""))
                    .toList();
        }
    }

    @Test
    void the_samples_are_not_there_unless_they_are_asked_for() {
        assertFalse(server.shell("lb -s").text().contains("samples"));
    }

    @Test
    void the_status_names_backend_and_endpoints() {
        ServerProcess.Answer status = server.shell("pollux:status");
        assertEquals(0, status.status(), status.text());
        assertTrue(status.text().contains("nio"), status.text());
        assertTrue(status.text().contains("unix:run/shell.sock"), status.text());
    }

    @Test
    void a_shell_that_everybody_reaches_is_refused_unless_it_is_meant() throws Exception {
        Path conf = server.home().conf().resolve("pollux.shell.cfg");
        Files.writeString(conf, "endpoint = tcp://127.0.0.1:0\n");
        server.awaitPrinted("pollux.shell: endpoint tcp://127.0.0.1:0 is refused: ");
        String refused = server.shell("pollux:status").text();
        assertTrue(refused.contains("! pollux.shell: endpoint tcp://127.0.0.1:0 is refused: "), refused);

        Files.writeString(conf, "endpoint = tcp://127.0.0.1:0\nallowNetwork = true\n");
        server.awaitPrinted("pollux.shell: endpoint tcp://127.0.0.1:0 is open without a password");
        String open = server.shell("pollux:status").text();
        assertTrue(open.contains("! pollux.shell: endpoint tcp://127.0.0.1:0 is open without a password"), open);
        assertTrue(open.contains("org.pollux.protocol-shell"), open);
        Files.delete(conf);
    }

    @Test
    void a_changed_conf_moves_the_loops_to_another_backend() throws Exception {
        Path conf = server.home().conf().resolve("pollux.runtime.cfg");
        Files.writeString(conf, "backend = nio\n");
        server.awaitPrinted("libevent -> nio: ");
        Files.writeString(conf, "backend = libevent\n");
        server.awaitPrinted("nio -> libevent: ");
        Files.delete(conf);
    }

    /** A machine that refuses io_uring has the second part of this test. */
    @Test
    void the_ring_polls_when_it_is_chosen_or_says_what_helps() {
        ServerProcess.Answer swap = server.shell("pollux:backend uring");
        String status = server.shell("pollux:status").text();
        if (swap.status() == 0) {
            assertTrue(Pattern.compile("(?m)^uring +polls +").matcher(status).find(), status);
            assertTrue(server.shell("pollux:backend libevent").text().contains("uring -> libevent: "), status);
        } else {
            System.err.println("WARNING: io_uring is unavailable here: " + swap.text());
            assertTrue(
                    Pattern.compile("(?m)^uring +missing .*; ").matcher(status).find(), status);
        }
    }

    @Test
    void without_libevent_nio_serves_and_it_is_said_what_to_install() throws Exception {
        try (ServerProcess without = ServerProcess.start(
                List.of("-Dpollux.libevent.library=/nowhere/libevent.so"),
                folder.resolve("home without libevent"),
                "--set",
                "pollux.echo.endpoint=unix:e.sock",
                "--set",
                "pollux.http.endpoint=unix:h.sock")) {
            without.awaitPrinted("Pollux runs");
            String remedy = "install it (Debian, Ubuntu: apt install libevent-core-2.1-7;";
            assertTrue(without.printed().contains(remedy), without.printed());
            assertFalse(without.printed().contains("Exception"), without.printed());
            String status = without.shell("pollux:status").text();
            assertTrue(
                    Pattern.compile("(?m)^libevent +missing .*" + Pattern.quote(remedy))
                            .matcher(status)
                            .find(),
                    status);
            assertTrue(Pattern.compile("(?m)^nio +polls ").matcher(status).find(), status);
            ServerProcess.Answer swap = without.shell("pollux:backend libevent");
            assertEquals(1, swap.status());
            assertTrue(swap.text().contains(remedy), swap.text());
        }
    }

    @Test
    void nothing_listens_but_what_is_configured_and_shown() throws Exception {
        Set<String> shown = new TreeSet<>();
        Matcher endpoint = Pattern.compile("tcp://127\\.0\\.0\\.1:0 \\((\\d+)\\)")
                .matcher(server.shell("pollux:status").text());
        while (endpoint.find()) {
            shown.add("%s%04X".formatted(LOOPBACK, Integer.valueOf(endpoint.group(1))));
        }
        assertFalse(shown.isEmpty());
        assertEquals(shown, Listening.of(server.process().pid()));
    }

    @Test
    void a_value_of_the_command_line_wins_over_conf_even_when_that_is_changed_later() throws Exception {
        Set<String> before = Listening.of(server.process().pid());
        Files.writeString(server.home().conf().resolve("pollux.echo.cfg"), "endpoint = tcp://127.0.0.1:2\n");
        server.awaitPrinted("Updating configuration {pollux.echo}");
        Files.delete(server.home().conf().resolve("pollux.echo.cfg"));
        server.awaitPrinted("Deleting configuration {pollux.echo}");

        assertEquals(before, Listening.of(server.process().pid()));
        String status = server.shell("pollux:status").text();
        assertFalse(status.contains("127.0.0.1:1 ") || status.contains("127.0.0.1:2 "), status);
    }

    @Test
    void a_broken_file_in_conf_is_reported_with_its_name() throws Exception {
        server.awaitPrinted(server.home().conf().resolve("pollux.broken.cfg").toString());
    }

    @Test
    void a_bundle_that_does_not_resolve_is_reported_with_what_it_lacks_until_it_is_gone() throws Exception {
        String fault = "bundle test.unresolved 0.0.0 (unresolved.jar) cannot run: it imports the package org.acme.pump"
                + " [1.0.0,2.0.0), which no bundle exports. Copy a bundle that provides it to deploy/, or correct this"
                + " one\n";
        server.awaitPrinted(fault);
        String faults = server.shell("pollux:faults").text();
        assertTrue(faults.contains("! " + fault), faults);

        Files.delete(server.home().deploy().resolve("unresolved.jar"));
        server.await(
                "it is no fault any more",
                () -> !server.shell("pollux:faults").text().contains("test.unresolved"));
    }

    @Test
    void a_jar_that_is_no_bundle_is_reported() throws Exception {
        Path file = server.home().deploy().resolve("plain.jar");
        Files.writeString(file, "no jar at all");
        server.await("it is told", () -> server.shell("pollux:faults").text().contains(file + " is not a bundle"));
        Files.delete(file);
    }

    @Test
    void a_second_server_on_the_same_home_is_refused() throws Exception {
        try (ServerProcess second = ServerProcess.start(server.home().root())) {
            assertEquals(1, second.awaitExit());
            assertTrue(
                    second.printed()
                            .contains("the server with pid " + server.process().pid() + " uses the home"),
                    second.printed());
        }
    }

    @Test
    void two_servers_run_side_by_side_and_a_signal_ends_one_orderly() throws Exception {
        Path home = folder.resolve("second home");
        try (ServerProcess second = ServerProcess.running(
                home,
                "--set",
                "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.http.endpoint=unix:http.sock")) {
            assertEquals(0, second.shell("lb").status());
            assertEquals(0, server.shell("lb").status());
            second.terminate();
            assertEquals(0, second.awaitExit(), second.printed());
            assertTrue(second.printed().contains("Pollux has stopped"), second.printed());
        }
        assertFalse(Files.exists(new Home(home).socket()), "nothing is left behind");
        assertEquals(0, server.shell("lb").status());
    }

    @Test
    void a_second_signal_ends_a_server_that_does_not_stop() throws Exception {
        Home home = new Home(folder.resolve("third home"));
        Files.createDirectories(home.deploy());
        new BundleJar("test.reluctant")
                .header("Bundle-Activator", ReluctantActivator.class.getName())
                .header("Import-Package", "org.osgi.framework")
                .write(home.deploy().resolve("reluctant.jar"), ReluctantActivator.class);
        try (ServerProcess third = ServerProcess.running(
                home.root(),
                "--set",
                "pollux.echo.endpoint=unix:e.sock",
                "--set",
                "pollux.http.endpoint=unix:h.sock")) {
            third.terminate();
            third.awaitPrinted("the reluctant bundle stays");
            third.terminate();
            assertEquals(130, third.awaitExit());
        }
    }

    @Test
    void a_home_that_cannot_be_used_is_refused_with_the_reason() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (ServerProcess refused = ServerProcess.start(file.resolve("home"))) {
            assertEquals(1, refused.awaitExit());
            assertTrue(refused.printed().startsWith("pollux: cannot use " + file), refused.printed());
        }
    }

    @Test
    void a_command_line_that_is_not_understood_has_a_status_of_its_own() throws Exception {
        try (ServerProcess refused = ServerProcess.start(folder.resolve("none"), "--set", "endpoint")) {
            assertEquals(2, refused.awaitExit());
            assertTrue(refused.printed().startsWith("pollux: --set endpoint: not of the form"), refused.printed());
        }
        assertFalse(Files.exists(folder.resolve("none")));
    }
}
