package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The common part of deploying jars and configurations: the copy in one step, and the wait for the server. */
final class DeployedFile {

    private DeployedFile() {}

    /**
     * Copies a file into the folder in one step, so that no half of it ever takes effect.
     *
     * @param ending of its name
     * @return where it is now
     * @throws IllegalArgumentException when it is not such a file
     */
    static Path copy(Path source, String ending, Path folder) throws IOException {
        String name = source.getFileName() == null ? "" : source.getFileName().toString();
        if (!name.endsWith(ending) || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "'" + source + "' is not deployed: its name must end in .jar or .cfg, and not begin with a dot");
        }
        if (!source.isAbsolute()) {
            throw new IllegalArgumentException(
                    "'" + source + "' is relative, and the server is in another folder: give the whole path");
        }
        if (!Files.isRegularFile(source)) {
            throw new IllegalArgumentException("the file " + source + " does not exist");
        }
        Path target = folder.resolve(name);
        if (!Files.exists(target) || !Files.isSameFile(source, target)) {
            Path incomplete = folder.resolve("." + name + ".new");
            try {
                Files.copy(source, incomplete, StandardCopyOption.REPLACE_EXISTING);
                Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(incomplete);
            }
        }
        return target;
    }

    /** How long a command waits for the server. */
    record Wait(Duration most) {

        private static final Duration GLANCE = Duration.ofMillis(50);

        long seconds() {
            return most.toSeconds();
        }

        /**
         * Waits until there is a result.
         *
         * @throws IllegalStateException with this message when there is none in time
         */
        <T> T await(String otherwise, Supplier<Optional<T>> condition) throws InterruptedException {
            long deadline = System.nanoTime() + most.toNanos();
            while (true) {
                Optional<T> found = condition.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(otherwise);
                }
                Thread.sleep(GLANCE);
            }
        }
    }
}
