package org.pollux.http.files;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names in a path, each of which is one entry of one directory. The server has decoded the path and refused paths
 * with two readings; this class does not rely on that.
 */
final class Names {

    private static final String WELL_KNOWN = ".well-known";

    private Names() {}

    /**
     * Splits a path.
     *
     * @param path relative, with slashes
     * @param hidden whether names may begin with a dot
     * @return empty if one of the names is invalid or cannot be served
     */
    static Optional<List<Path>> of(String path, FileSystem system, boolean hidden) {
        List<Path> names = new ArrayList<>();
        for (String text : path.split("/", -1)) {
            Optional<Path> name = name(text, system).filter(_ -> hidden || !isHidden(text));
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") && !name.equals(WELL_KNOWN);
    }

    private static Optional<Path> name(String text, FileSystem system) {
        if (text.isEmpty() || text.equals(".") || text.equals("..") || text.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        try {
            Path name = system.getPath(text);
            return name.isAbsolute() || name.getNameCount() != 1 ? Optional.empty() : Optional.of(name);
        } catch (InvalidPathException _) {
            return Optional.empty(); // NUL, or a character that the system's encoding has not
        }
    }
}
