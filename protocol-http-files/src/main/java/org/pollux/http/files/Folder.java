package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Finds the file or folder of a path below a folder: only regular files and folders. Its calls block. */
final class Folder {

    private final FilesSettings settings;

    Folder(FilesSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds a file or a folder.
     *
     * @param path relative and decoded. If it ends with a slash or is empty, it means the folder's index file
     * @return an entry to be closed; empty if nothing exists, or nothing visible
     * @throws IOException if the system does not permit the access, or the folder itself cannot be read
     */
    Optional<Entry> find(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        Optional<Directory> parent = slash < 0 ? Optional.of(root()) : enter(path.substring(0, slash));
        return parent.isEmpty() ? Optional.empty() : in(parent.get(), name.isEmpty() ? index() : names(name));
    }

    private Directory root() throws IOException {
        return Directory.open(settings.folder(), settings.followLinks());
    }

    private List<Path> names(String path) {
        return Names.of(path, settings.folder().getFileSystem(), settings.hidden())
                .orElse(List.of());
    }

    private List<Path> index() {
        return settings.index().stream()
                .map(name -> settings.folder().getFileSystem().getPath(name))
                .toList();
    }

    private Optional<Directory> enter(String path) throws IOException {
        List<Path> names = names(path);
        Optional<Directory> at = names.isEmpty() ? Optional.empty() : Optional.of(root());
        for (int i = 0; i < names.size() && at.isPresent(); i++) {
            at = at.get().enter(names.get(i));
        }
        return at;
    }

    /** The first of these names that exists. */
    private static Optional<Entry> in(Directory directory, List<Path> names) throws IOException {
        boolean kept = false;
        try {
            for (Path name : names) {
                Optional<BasicFileAttributes> found =
                        directory.attributes(name).filter(it -> it.isRegularFile() || it.isDirectory());
                if (found.isPresent()) {
                    kept = true;
                    return Optional.of(new Entry(directory, name, found.get()));
                }
            }
            return Optional.empty();
        } finally {
            if (!kept) {
                directory.close();
            }
        }
    }
}
