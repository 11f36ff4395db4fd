package org.pollux.metrics.families;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics that bundles have registered, by name. From any thread. */
public final class OwnMetrics {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Logger LOG = LoggerFactory.getLogger(OwnMetrics.class);

    private final Map<String, Registered> metrics = new ConcurrentSkipListMap<>();

    private record Registered(String owner, Supplier<Family> read) {}

    /** Without a metric. */
    public OwnMetrics() {}

    /**
     * Adds a metric.
     *
     * @param owner the name of its bundle
     * @param suffix with which its name must end
     * @throws IllegalArgumentException when the name or a label cannot be used, with the reason
     */
    void add(String owner, String name, String suffix, List<String> labels, Supplier<Family> read) {
        require(NAME.matcher(name).matches(), "name", name, "has letters, digits and underscores, and no digit first");
        require(!name.startsWith("pollux_"), "name", name, "does not begin with pollux_, which is the server's prefix");
        require(name.endsWith(suffix), "name", name, "ends in " + suffix);
        for (String label : labels) {
            require(NAME.matcher(label).matches(), "label", label, "has letters, digits and underscores");
            require(!label.startsWith("__") && !label.equals("le"), "label", label, "is neither le nor begins with __");
        }
        Registered before = metrics.putIfAbsent(name, new Registered(owner, read));
        require(
                before == null,
                "name",
                name,
                "is not taken; this one is, by " + (before == null ? "" : before.owner()));
    }

    private static void require(boolean holds, String what, String value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "The " + what + " '" + value + "' cannot be used: a " + what + " " + rule);
        }
    }

    void remove(String name) {
        metrics.remove(name);
    }

    /** All metrics now, by name. */
    public List<Family> read() {
        return metrics.entrySet().stream()
                .flatMap(entry -> read(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<Family> read(String name, Registered metric) {
        try {
            return Optional.of(metric.read().get());
        } catch (RuntimeException | LinkageError e) { // of a bundle's gauge
            LOG.debug("The metric {} of {} cannot be read, and is left out", name, metric.owner(), e);
            return Optional.empty();
        }
    }
}
