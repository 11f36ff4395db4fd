package org.pollux.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;

/**
 * Says where a value comes from, for people.
 *
 * @param home file names are shown relative to it
 * @param settings {@code PID.KEY} of all values from the command line
 */
record Sources(Optional<Path> home, Set<String> settings) {

    /** The property for the file of a configuration; FileInstall uses the same name. */
    static final String FILE = "felix.fileinstall.filename";

    /** The values with which the launcher overrides {@code conf/}: one line {@code PID.KEY} for each. */
    static final String SETTINGS = "pollux.set";

    static final String COMMAND_LINE = "--set";

    static Sources of(BundleContext context) {
        String settings = context.getProperty(SETTINGS);
        return new Sources(
                Optional.ofNullable(context.getProperty("pollux.home")).map(Path::of),
                settings == null ? Set.of() : Set.copyOf(List.of(settings.split("\n", -1))));
    }

    /** Of one key. */
    String of(String pid, String key, Map<String, Object> values) {
        return settings.contains(pid + "." + key) ? COMMAND_LINE : of(values);
    }

    /** Of a configuration as a whole. */
    String of(Map<String, Object> values) {
        return file(values).orElse("set while the server runs");
    }

    /** Of a configuration whose only values are from the command line. */
    boolean isCommandLine(String pid) {
        return settings.stream().anyMatch(setting -> setting.startsWith(pid + "."));
    }

    Optional<String> file(Map<String, Object> values) {
        return Optional.ofNullable(values.get(FILE)).map(file -> {
            try {
                Path path = Path.of(URI.create(file.toString()));
                return home.filter(path::startsWith)
                        .map(root -> root.relativize(path))
                        .orElse(path)
                        .toString();
            } catch (RuntimeException e) {
                return file.toString();
            }
        });
    }
}
