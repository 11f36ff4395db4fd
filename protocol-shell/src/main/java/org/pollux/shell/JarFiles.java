package org.pollux.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jars that a command may mean. */
final class JarFiles {

    private JarFiles() {}

    /** The jars and folders of the file system whose absolute path begins with a text. */
    static Stream<String> beginningWith(String typed) {
        int slash = typed.lastIndexOf('/');
        if (!typed.startsWith("/")) {
            return Stream.empty();
        }
        String folder = typed.substring(0, slash + 1);
        return names(folder)
                .filter(name -> !name.startsWith("."))
                .map(name -> folder + (Files.isDirectory(Path.of(folder, name)) ? name + "/" : name))
                .filter(name -> name.endsWith("/") || name.endsWith(".jar"));
    }

    /** The jars in {@code deploy/} of a home. */
    static Stream<String> in(@Nullable String home) {
        return home == null ? Stream.empty() : names(home + "/deploy").filter(name -> name.endsWith(".jar"));
    }

    private static Stream<String> names(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException | InvalidPathException e) {
            return Stream.empty();
        }
    }
}
