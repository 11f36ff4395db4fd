package org.pollux.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarFilesTest {

    @TempDir
    private Path folder;

    @Test
    void jarsAndFoldersCompleteAnAbsolutePath() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        for (String name : List.of("a.jar", "b.txt", ".c.jar")) {
            Files.createFile(folder.resolve(name));
        }
        assertEquals(
                List.of(folder + "/a.jar", folder + "/lib/"),
                JarFiles.beginningWith(folder + "/").toList());
        assertEquals(List.of(), JarFiles.beginningWith("a").toList(), "the server is in another folder");
        assertEquals(List.of(), JarFiles.beginningWith(folder + "/none/x").toList());
    }

    @Test
    void theDeployedOnesAreThoseOfTheHome() throws IOException {
        Files.createDirectories(folder.resolve("deploy"));
        Files.createFile(folder.resolve("deploy/a.jar"));
        Files.createFile(folder.resolve("deploy/README.txt"));
        assertEquals(List.of("a.jar"), JarFiles.in(folder.toString()).toList());
        assertEquals(List.of(), JarFiles.in(null).toList());
    }
}
