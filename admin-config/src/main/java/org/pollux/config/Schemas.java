package org.pollux.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.pollux.config.check.MetatypeReader;
import org.pollux.config.check.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles' descriptions of their configurations, available from the installation of each bundle. So a configuration can be
 * checked before its bundle starts. Safe for use from any thread.
 */
final class Schemas implements BundleTrackerCustomizer<List<Schema>> {

    private static final Logger LOG = LoggerFactory.getLogger(Schemas.class);

    private final Map<String, List<Owned>> byPid = new ConcurrentSkipListMap<>();
    private final BundleTracker<List<Schema>> tracker;
    private final Consumer<Set<String>> changed;

    private record Owned(Bundle bundle, Schema schema) {}

    /**
     * Follows the bundles between {@link #open} and {@link #close}.
     *
     * @param changed gets the PIDs of a bundle that was installed or uninstalled
     */
    Schemas(BundleContext context, Consumer<Set<String>> changed) {
        this.changed = changed;
        tracker = new BundleTracker<>(
                context, Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    /** Everything about one PID: described keys, and properties of components. */
    Optional<Schema> of(String pid) {
        return byPid.getOrDefault(pid, List.of()).stream().map(Owned::schema).reduce(Schemas::merged);
    }

    private static Schema merged(Schema one, Schema other) {
        Set<String> more = new TreeSet<>(one.more());
        more.addAll(other.more());
        Schema first = one.described() ? one : other;
        return new Schema(
                first.pid(),
                first.name(),
                first.description(),
                first.factory(),
                first.described(),
                first.attributes(),
                more);
    }

    /** The bundle to which a PID belongs; the first one of several. */
    Optional<Bundle> bundle(String pid) {
        return byPid.getOrDefault(pid, List.of()).stream().map(Owned::bundle).findFirst();
    }

    /** The PIDs that describe a key, by name. A key that moves from one PID to another is found where it is now. */
    List<String> havingKey(String key) {
        return byPid.entrySet().stream()
                .filter(pid -> pid.getValue().stream()
                        .flatMap(owned -> owned.schema().attributes().stream())
                        .anyMatch(attribute -> attribute.id().equals(key)))
                .map(Map.Entry::getKey)
                .toList();
    }

    Set<String> pids() {
        return Collections.unmodifiableSet(byPid.keySet());
    }

    @Override
    public List<Schema> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        List<Schema> schemas = read(bundle);
        add(bundle, schemas);
        return schemas;
    }

    /** An update changes its entries. */
    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, List<Schema> schemas) {
        if (event != null && event.getType() == BundleEvent.UPDATED) {
            // the tracker keeps the object; entries are later removed by bundle
            remove(bundle);
            add(bundle, read(bundle));
        }
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, List<Schema> schemas) {
        remove(bundle);
    }

    private void add(Bundle bundle, List<Schema> schemas) {
        Set<String> pids = new TreeSet<>();
        synchronized (byPid) {
            for (Schema schema : schemas) {
                List<Owned> owned = new ArrayList<>(byPid.getOrDefault(schema.pid(), List.of()));
                owned.add(new Owned(bundle, schema));
                byPid.put(schema.pid(), List.copyOf(owned));
                pids.add(schema.pid());
            }
        }
        changed.accept(pids);
    }

    private void remove(Bundle bundle) {
        Set<String> pids = new TreeSet<>();
        synchronized (byPid) {
            for (var entry : new TreeMap<>(byPid).entrySet()) {
                List<Owned> others = entry.getValue().stream()
                        .filter(owned -> !owned.bundle().equals(bundle))
                        .toList();
                if (others.size() < entry.getValue().size()) {
                    pids.add(entry.getKey());
                }
                if (others.isEmpty()) {
                    byPid.remove(entry.getKey());
                } else {
                    byPid.put(entry.getKey(), others);
                }
            }
        }
        changed.accept(pids);
    }

    private static List<Schema> read(Bundle bundle) {
        List<Schema> schemas = new ArrayList<>();
        for (String path : files(bundle, MetatypeReader.FOLDER)) {
            read(bundle, path, in -> schemas.addAll(MetatypeReader.read(in)));
        }
        String components = bundle.getHeaders("").get("Service-Component");
        for (String clause : components == null ? new String[0] : components.split(",", -1)) {
            String path = clause.split(";", 2)[0].strip();
            for (String file : path.contains("*") ? files(bundle, folder(path)) : List.of(path)) {
                read(bundle, file, in -> MetatypeReader.readComponent(in, schemas::add));
            }
        }
        return schemas;
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Without {@code findEntries}, which would try to resolve the bundle. */
    private static List<String> files(Bundle bundle, String folder) {
        var paths = bundle.getEntryPaths(folder);
        return paths == null
                ? List.of()
                : Collections.list(paths).stream()
                        .filter(path -> path.endsWith(".xml"))
                        .toList();
    }

    private interface Reading {
        void of(InputStream in) throws IOException;
    }

    private static void read(Bundle bundle, String path, Reading reading) {
        URL url = bundle.getEntry(path);
        if (url == null) {
            return;
        }
        try (InputStream in = url.openStream()) {
            reading.of(in);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} of bundle {} cannot be read, so its configuration is not checked: {}",
                    path,
                    bundle,
                    e.getMessage());
        }
    }
}
