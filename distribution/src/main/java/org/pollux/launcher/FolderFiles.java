package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds faults of files and folders in a home that do not depend on their content, so that the operator learns of every file
 * that is not in force. {@link DeployFolder} reports jars, and the readers of configuration report that.
 */
final class FolderFiles {

    /** The folder in conf/ that TLS reads, and reports on. */
    private static final String CERTIFICATES = "tls";

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Copies that editors and dpkg make beside a file while they replace it, and keep. */
    private static final Pattern COPY = Pattern.compile(".*(~|\\.swp|\\.dpkg-(new|old|dist|tmp))|\\.?#.*");

    private FolderFiles() {}

    /** A jar that counts in {@code deploy/}. */
    static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".") && Files.isRegularFile(file);
    }

    static List<String> problems(Home home) {
        List<String> problems = new ArrayList<>();
        for (Path folder : new Path[] {home.root(), home.conf(), home.deploy()}) {
            writers(folder).ifPresent(problems::add);
        }
        for (Path folder : new Path[] {home.conf(), home.deploy()}) {
            boolean jars = folder.equals(home.deploy());
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    problem(file, jars).ifPresent(what -> problems.add(file + " is not in force: " + what));
                }
            } catch (IOException e) {
                problems.add(folder + " cannot be read: " + Home.reason(e));
            }
        }
        return problems;
    }

    /** A user who can write to these folders can run code as the server. */
    private static Optional<String> writers(Path folder) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            boolean open =
                    view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS_WRITE::contains);
            return open
                    ? Optional.of("other users can write to " + folder
                            + ", and so run code as this server does. Close it:" + " chmod go-w " + folder)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(folder + " cannot be looked at: " + Home.reason(e));
        }
    }

    private static Optional<String> problem(Path file, boolean jars) {
        String name = file.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        boolean configuration = name.endsWith(".cfg") || name.endsWith(".config");
        boolean looksLikeOne = lower.matches(".*\\.(jar|war|esa|cfg|config)");
        if (COPY.matcher(name).matches()) {
            return Optional.empty();
        }
        if (name.startsWith(".")) {
            // files of file systems and programs, except files that were hidden to disable them
            return looksLikeOne ? Optional.of("its name begins with a dot") : Optional.empty();
        }
        if (lower.startsWith("readme") || (!jars && name.equals(CERTIFICATES) && Files.isDirectory(file))) {
            return Optional.empty();
        }
        if (Files.isDirectory(file)) {
            return Optional.of("it is a folder; only files that are directly in " + file.getParent() + " are used");
        }
        if (!Files.exists(file)) {
            return Optional.of("it is a link to nothing");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("it is not a file");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("the server may not read it");
        }
        if (configuration || (jars && name.endsWith(".jar"))) {
            return Optional.empty();
        }
        if (name.endsWith(".jar")) {
            return Optional.of(
                    "bundles belong into " + file.resolveSibling("../deploy").normalize());
        }
        String endings = jars ? ".jar and .cfg" : ".cfg";
        return Optional.of(
                looksLikeOne && !name.equals(lower)
                        ? "its ending is not in lower case; files that end in " + endings + " are used"
                        : "only files that end in " + endings + " are used");
    }
}
