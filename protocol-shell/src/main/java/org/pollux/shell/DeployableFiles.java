package org.pollux.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that a command about {@code deploy/} may mean: jars and configurations. */
final class DeployableFiles {

    private DeployableFiles() {}

    /** Those and the folders of the file system whose absolute path begins with a text. */
    static Stream<String> beginningWith(String typed) {
        int slash = typed.lastIndexOf('/');
        if (!typed.startsWith("/")) {
            return Stream.empty();
        }
        String folder = typed.substring(0, slash + 1);
        return names(folder)
                .filter(name -> !name.startsWith("."))
                .map(name -> folder + (Files.isDirectory(Path.of(folder, name)) ? name + "/" : name))
                .filter(name -> name.endsWith("/") || isDeployable(name));
    }

    /** Those in {@code deploy/} of a home. */
    static Stream<String> in(@Nullable String home) {
        return home == null ? Stream.empty() : names(home + "/deploy").filter(DeployableFiles::isDeployable);
    }

    private static boolean isDeployable(String name) {
        return name.endsWith(".jar") || name.endsWith(".cfg");
    }

    private static Stream<String> names(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException | InvalidPathException e) {
            return Stream.empty();
        }
    }
}
