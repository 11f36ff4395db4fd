package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command of the Debian package as root runs it, with an {@code id} and a {@code runuser} of the test. */
@EnabledOnOs(OS.LINUX)
final class DebianCommandTest {

    private static final Path COMMAND = Path.of("deb/pollux").toAbsolutePath();
    private static final String BECOMES = "[-u][pollux][--][/usr/share/pollux/bin/pollux]";

    @TempDir
    private Path folder;

    @Test
    void aFileIsLookedUpInTheFolderOfTheCallerAndTheServersUserIsNotInThatFolder() throws Exception {
        Path here = folder.toRealPath();
        Files.createFile(here.resolve("a b.jar"));
        Files.createFile(here.resolve("status"));
        Files.createDirectory(here.resolve("next"));
        assertEquals(BECOMES + "[deploy][" + here + "/a b.jar]/", run("deploy", "a b.jar"));
        assertEquals(BECOMES + "[deploy][/tmp/none.jar]/", run("deploy", "/tmp/none.jar"));
        assertEquals(BECOMES + "[deploy][none.jar]/", run("deploy", "none.jar"));
        assertEquals(BECOMES + "[upgrade][--set][a.b=c][" + here + "/next]/", run("upgrade", "--set", "a.b=c", "next"));
        assertEquals(BECOMES + "[undeploy][status]/", run("undeploy", "status"));
        assertEquals(BECOMES + "[status]/", run("status"));
        assertEquals(BECOMES + "/", run());
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        script(tools.resolve("id"), "echo 0");
        script(tools.resolve("runuser"), "[ $# -eq 0 ] || printf '[%s]' \"$@\"; pwd");
        List<String> command = new ArrayList<>(List.of("sh", COMMAND.toString()));
        command.addAll(List.of(arguments));
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        assertTrue(process.waitFor(40, TimeUnit.SECONDS), () -> String.join(" ", command));
        return Files.readString(printed).strip();
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
