package org.pollux.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A bundle of components that a test makes while it runs, in one version after the other. */
final class GuestBundle {

    /** A component of one of {@link Guests}. */
    private record Component(Class<?> type, Class<?> service, Map<String, String> properties, String more) {

        String name() {
            return type.getName();
        }

        String xml() {
            var text = new StringBuilder("<component xmlns=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + name()
                    + "\" configuration-pid=\"" + name() + "\"><implementation class=\"" + name()
                    + "\"/><service><provide interface=\"" + service.getName() + "\"/></service>" + more);
            properties.forEach((key, value) -> text.append("<property name=\"" + key + "\" value=\"" + value + "\"/>"));
            return text + "</component>";
        }
    }

    private final String name;
    private final List<Component> components = new ArrayList<>();

    GuestBundle(String name) {
        this.name = name;
    }

    GuestBundle with(Class<?> type, Class<?> service, Map<String, String> properties) {
        components.add(new Component(type, service, properties, ""));
        return this;
    }

    /** The jar of a version. */
    InputStream version(int version) throws IOException {
        return version(version, "");
    }

    /**
     * The jar of a version that imports more than there is.
     *
     * @param missing a package, with a comma in front
     */
    InputStream version(int version, String missing) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version + ".0.0");
        headers.putValue("Import-Package", "org.pollux.http,org.osgi.framework" + missing);
        headers.putValue("Service-Component", "OSGI-INF/*.xml");
        headers.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (var component : components) {
                put(
                        jar,
                        "OSGI-INF/" + component.name() + ".xml",
                        component.xml().getBytes(StandardCharsets.UTF_8));
            }
            for (var type : Guests.ALL) {
                var file = type.getName().replace('.', '/') + ".class";
                try (var in = GuestBundle.class.getClassLoader().getResourceAsStream(file)) {
                    put(jar, file, in.readAllBytes());
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(JarOutputStream jar, String file, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(file));
        jar.write(content);
        jar.closeEntry();
    }
}
