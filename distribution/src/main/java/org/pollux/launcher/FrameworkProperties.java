package org.pollux.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** The settings of the framework and of its components, which read theirs from the framework. */
final class FrameworkProperties {

    /** Above the protocols, below the runtime (see the folders of {@code bundles/}). */
    static final int DEPLOYED = 40;

    private static final int ALL = 100;

    /**
     * The interfaces of Gogo. The framework exports them, and those of Config Admin, of the log and of Metatype. So Declarative
     * Services and the shell are not wired to the implementing bundles, and each of those can be refreshed alone.
     */
    private static final String GOGO = ",org.apache.felix.service.command;version=1.0.0"
            + ",org.apache.felix.service.command.annotations;version=1.0.0"
            + ",org.apache.felix.service.threadio;version=1.0.0";

    private static final String GOGO_RUNTIME = "org.apache.felix.gogo.runtime";

    private FrameworkProperties() {}

    static Map<String, String> of(Distribution distribution, Home home, List<Setting> settings) throws StartException {
        Map<String, String> properties = new HashMap<>();
        properties.put("pollux.home", home.root().toString());
        properties.put("pollux.version", distribution.version());

        properties.put(
                Constants.FRAMEWORK_STORAGE, home.ownCache().resolve("bundles").toString());
        properties.put("felix.cm.dir", home.ownCache().resolve("bundles/config").toString());
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(ALL));
        // sun.nio.ch: for the backends that poll the descriptors of channels
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "sun.nio.ch" + GOGO + exportsOfLibraries());
        // The Flight Recorder makes the classes of a bundle's events call these, and no bundle can import them.
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal,jdk.jfr.internal.event");
        // Equinox: no file of its own for its log, and a missing Import-Package is a fault, as it is on Felix
        properties.put("eclipse.log.enabled", "false");
        properties.put("osgi.compatibility.bootdelegation", "false");

        // the Gogo shell's own console would read from standard input
        properties.put("gosh.args", "--nointeractive");

        // for admin-config: the files that it reads, and the values of the command line
        properties.put("pollux.conf", home.conf() + "," + home.deploy());
        properties.put(
                "pollux.set",
                settings.stream()
                        .map(setting -> setting.pid() + "." + setting.key())
                        .collect(Collectors.joining("\n")));

        properties.put("felix.fileinstall.dir", home.conf() + "," + home.deploy());
        properties.put("felix.fileinstall.filter", "[^.].*[.]config");
        properties.put("felix.fileinstall.poll", "300");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.start.level", Integer.toString(DEPLOYED));
        properties.put("felix.fileinstall.subdir.mode", "skip");
        properties.put(
                "felix.fileinstall.tmpdir",
                home.ownCache().resolve("fileinstall").toString());
        properties.put("felix.fileinstall.configEncoding", "UTF-8"); // of .config, the format of Felix
        properties.put("felix.fileinstall.log.level", "3");
        properties.put("felix.fileinstall.log.default", "jul");
        // Files belong to the operator. Writing one back could lose a change that an editor is just saving.
        properties.put("felix.fileinstall.enableConfigSave", "false");
        return properties;
    }

    /** What the bundles among the libraries of the class path export, each package beginning with a comma. */
    private static String exportsOfLibraries() throws StartException {
        StringBuilder exports = new StringBuilder();
        try {
            Set<String> frameworks = new HashSet<>();
            for (URL service : files(Frameworks.SERVICE)) {
                frameworks.add(jar(service, Frameworks.SERVICE));
            }
            for (URL url : files(JarFile.MANIFEST_NAME)) {
                try (InputStream in = url.openStream()) {
                    Attributes manifest = new Manifest(in).getMainAttributes();
                    String packages = manifest.getValue(Constants.EXPORT_PACKAGE);
                    // a framework exports its own packages, Gogo is above, and only the client uses JLine
                    boolean own = frameworks.contains(jar(url, JarFile.MANIFEST_NAME))
                            || GOGO_RUNTIME.equals(manifest.getValue(Constants.BUNDLE_SYMBOLICNAME));
                    if (packages != null && !own && !isJLine(manifest)) {
                        exports.append(',').append(packages);
                    }
                }
            }
        } catch (IOException e) {
            throw new StartException("cannot read the libraries in lib/: " + e.getMessage());
        }
        return exports.toString();
    }

    private static List<URL> files(String name) throws IOException {
        return Collections.list(FrameworkProperties.class.getClassLoader().getResources(name));
    }

    /** The address of the jar that a file is in. */
    private static String jar(URL file, String name) {
        String text = file.toString();
        return text.substring(0, text.length() - name.length());
    }

    private static boolean isJLine(Attributes manifest) {
        return String.valueOf(manifest.getValue(Constants.EXPORT_PACKAGE)).startsWith("org.jline");
    }
}
