package org.pollux.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder to which the launcher belongs: {@code lib/}, {@code bundles/} and the defaults of a home. It is read-only.
 *
 * @param root the folder that holds {@code lib/}
 * @param version of Pollux
 */
record Distribution(Path root, String version) {

    /** A bundle file and the start level at which it is started. */
    record BundleFile(Path file, int startLevel) {}

    /** The distribution whose {@code lib/pollux.jar} runs now. */
    static Distribution own() throws StartException {
        try {
            Path jar = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path lib = Optional.ofNullable(jar.getParent()).orElse(jar);
            Path root = Optional.ofNullable(lib.getParent()).orElse(lib);
            String version = Distribution.class.getPackage().getImplementationVersion();
            return new Distribution(root, Optional.ofNullable(version).orElse("unknown"));
        } catch (URISyntaxException e) {
            throw new StartException("cannot tell where the launcher is: " + e.getMessage());
        }
    }

    Path conf() {
        return root.resolve("conf");
    }

    /** The settings of Pollux's events for the JDK's Flight Recorder. */
    Path recording() {
        return root.resolve("share/jfr/pollux.jfc");
    }

    Path deploy() {
        return root.resolve("deploy");
    }

    /** All bundles; each folder of {@code bundles/} begins with the start level of those in it: {@code 10-platform}. */
    List<BundleFile> bundles() throws StartException {
        List<BundleFile> found = new ArrayList<>();
        try {
            for (Path folder : list(root.resolve("bundles"))) {
                String name = folder.getFileName().toString();
                int startLevel = Integer.parseInt(name.substring(0, name.indexOf('-')));
                for (Path file : list(folder)) {
                    found.add(new BundleFile(file, startLevel));
                }
            }
        } catch (IOException e) {
            throw new StartException("no complete distribution at " + root + ": cannot read " + e.getMessage()
                    + ". Unpack it again, or build it again");
        }
        return found;
    }

    /** The sample handlers, which are served when that is asked for. They start as what is deployed does. */
    BundleFile samples() {
        return new BundleFile(root.resolve("samples/samples-http.jar"), FrameworkProperties.DEPLOYED);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
