package org.pollux.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployableFilesTest {

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
                DeployableFiles.beginningWith(folder + "/").toList());
        assertEquals(List.of(), DeployableFiles.beginningWith("a").toList(), "the server is in another folder");
        assertEquals(
                List.of(), DeployableFiles.beginningWith(folder + "/none/x").toList());
    }

    @Test
    void theDeployedOnesAreThoseOfTheHome() throws IOException {
        Files.createDirectories(folder.resolve("deploy"));
        Files.createFile(folder.resolve("deploy/a.jar"));
        Files.createFile(folder.resolve("deploy/README.txt"));
        assertEquals(List.of("a.jar"), DeployableFiles.in(folder.toString()).toList());
        assertEquals(List.of(), DeployableFiles.in(null).toList());
    }
}
