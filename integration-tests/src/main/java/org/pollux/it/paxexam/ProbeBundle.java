package org.pollux.it.paxexam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Outside: makes the probe, a bundle of everything that was compiled and copied with the test class, and of this package. */
final class ProbeBundle {

    private static final String OUR_PACKAGE = ProbeBundle.class.getPackageName().replace('.', '/') + "/";

    private final Set<String> names = new HashSet<>(Set.of("META-INF/MANIFEST.MF", "module-info.class"));
    private final JarOutputStream jar;

    private ProbeBundle(JarOutputStream jar) {
        this.jar = jar;
    }

    static byte[] of(Class<?> testClass) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest())) {
            var probe = new ProbeBundle(jar);
            probe.addAll(origin(testClass), _ -> true);
            probe.addAll(origin(ProbeBundle.class), name -> name.startsWith(OUR_PACKAGE));
        }
        return bytes.toByteArray();
    }

    private static Manifest manifest() {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", Probe.SIGNATURE + ".probe");
        headers.putValue("Bundle-Activator", Probe.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework,org.ops4j.pax.exam");
        // The probe must resolve whatever the tests use, so that what is missing becomes the failure of the test that
        // misses it.
        headers.putValue("DynamicImport-Package", "*");
        return manifest;
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(type + " is from no file", e);
        }
    }

    private void addAll(Path origin, Predicate<String> wanted) throws IOException {
        if (Files.isDirectory(origin)) {
            addTree(origin, wanted);
        } else {
            try (var archive = FileSystems.newFileSystem(origin)) {
                addTree(archive.getPath("/"), wanted);
            }
        }
    }

    private void addTree(Path root, Predicate<String> wanted) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var name = root.relativize(file).toString().replace('\\', '/');
                if (wanted.test(name) && names.add(name)) {
                    jar.putNextEntry(new ZipEntry(name));
                    Files.copy(file, jar);
                }
            }
        }
    }
}
