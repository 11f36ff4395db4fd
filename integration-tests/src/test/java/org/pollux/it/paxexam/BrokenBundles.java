package org.pollux.it.paxexam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Bundles that do not start, or do nothing, each for a reason that must be told. */
final class BrokenBundles {

    private BrokenBundles() {}

    static Path unresolvable() {
        return jar(
                Map.of("Bundle-SymbolicName", "unresolvable", "Import-Package", "no.such.thing"), "empty", new byte[0]);
    }

    static Path failing() {
        var name = FailingActivator.class.getName();
        var headers = Map.of(
                "Bundle-SymbolicName", "failing", "Bundle-Activator", name, "Import-Package", "org.osgi.framework");
        var file = name.replace('.', '/') + ".class";
        try (var activator = BrokenBundles.class.getClassLoader().getResourceAsStream(file)) {
            return jar(headers, file, activator.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a component that would be a Runnable if only it had a clock. */
    static Path waiting() {
        var component = """
                <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="waiting">
                  <implementation class="does.not.Matter"/>
                  <service><provide interface="java.lang.Runnable"/></service>
                  <reference name="clock" interface="java.time.Clock"/>
                </component>
                """;
        var headers = Map.of(
                "Bundle-SymbolicName", "waiting",
                "Service-Component", "waiting.xml",
                "Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
        return jar(headers, "waiting.xml", component.getBytes(StandardCharsets.UTF_8));
    }

    private static Path jar(Map<String, String> headers, String entry, byte[] content) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try {
            var file = Files.createTempFile("broken", ".jar");
            file.toFile().deleteOnExit();
            try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.write(content);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws. */
    public static final class FailingActivator implements BundleActivator {

        /** For the framework. */
        public FailingActivator() {}

        @Override
        public void start(BundleContext context) {
            throw new IllegalStateException("the activator does not want to");
        }

        @Override
        public void stop(BundleContext context) {}
    }
}
