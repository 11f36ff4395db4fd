package org.pollux.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pollux.config.check.Checked;
import org.pollux.config.check.Checker;
import org.pollux.config.check.Nearest;
import org.pollux.config.check.Printable;
import org.pollux.config.check.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every configuration before its component gets it, whatever its source. A bad value is refused without affecting the
 * others, and the previous value or the default stays in force. A refused value or an unknown key is one line in the log, and a
 * fault until it is corrected. Safe for use from any thread.
 */
@Component(
        immediate = true,
        service = {
            Configurations.class,
            ConfigurationPlugin.class,
            SynchronousConfigurationListener.class,
            Supplier.class
        },
        // the last one whose changes are used: after plugins that override stored values
        property = {ConfigurationPlugin.CM_RANKING + ":Integer=1000", "pollux.faults=configuration"})
public final class Configurations
        implements ConfigurationPlugin, SynchronousConfigurationListener, Supplier<List<String>> {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    /** Bundles and files that arrive together are checked together. */
    private static final Executor SETTLED = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Schemas schemas;
    private final Sources sources;
    private final Map<String, Checked> inForce = new TreeMap<>();
    private final Set<String> toldUnknown = new HashSet<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean open;

    @Activate
    public Configurations(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
        sources = Sources.of(context);
        schemas = new Schemas(context, this::recheck);
        schemas.open();
        open = true;
        changed(); // the stored configurations
    }

    @Deactivate
    void close() {
        open = false;
        schemas.close();
    }

    // ---- on its way

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        Object factory = properties.get(ConfigurationAdmin.SERVICE_FACTORYPID);
        Checked checked = check(pid, base(pid, factory), copy(properties));
        for (String key : checked.refused()) {
            properties.remove(key);
        }
        for (Map.Entry<String, Object> value : checked.values().entrySet()) {
            properties.put(value.getKey(), value.getValue());
        }
    }

    private Checked check(String pid, String base, Map<String, Object> given) {
        Schema schema = schemas.of(base).orElseGet(() -> Ranking.schema(base));
        List<String> before;
        Checked checked;
        synchronized (inForce) {
            Checked last = inForce.getOrDefault(pid, new Checked(Map.of(), Set.of(), List.of()));
            before = last.problems();
            checked = Checker.check(
                    Ranking.with(schema),
                    pid,
                    given,
                    last.values(),
                    key -> sources.of(pid, key, given),
                    schemas::havingKey);
            inForce.put(pid, checked);
        }
        checked.problems().stream().filter(problem -> !before.contains(problem)).forEach(LOG::error);
        if (!before.isEmpty() && checked.problems().isEmpty()) {
            LOG.info("{}: all values are in force", pid);
        }
        return checked;
    }

    /** The PID that a bundle uses: without the name of an instance, and without the target (section 104.3.2). */
    static String base(String pid, @Nullable Object factory) {
        String whole = factory == null ? pid : factory.toString();
        int target = whole.indexOf('|');
        return target < 0 ? whole : whole.substring(0, target);
    }

    /** Keys as they are written. The dictionary itself ignores case. */
    static Map<String, Object> copy(Dictionary<String, Object> properties) {
        Map<String, Object> copy = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            copy.put(key, properties.get(key));
        }
        return copy;
    }

    // ---- changes

    /** Also checks a configuration that no component has requested. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            synchronized (inForce) {
                inForce.remove(event.getPid());
            }
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            configurations("(" + Constants.SERVICE_PID + "=" + escaped(event.getPid()) + ")")
                    .forEach(configuration -> configuration.getProcessedProperties(null));
        }
        changed();
    }

    /** The configuration of a bundle may exist before its description. */
    private void recheck(Set<String> pids) {
        if (open && !pids.isEmpty()) {
            for (Configuration configuration : configurations(null)) {
                if (pids.contains(base(configuration.getPid(), configuration.getFactoryPid()))) {
                    configuration.getProcessedProperties(null);
                }
            }
            changed();
        }
    }

    private void changed() {
        long change = changes.incrementAndGet();
        SETTLED.execute(() -> {
            if (open && changes.get() == change) {
                tellUnknown();
            }
        });
    }

    private synchronized void tellUnknown() {
        try {
            configurations(null).forEach(configuration -> configuration.getProcessedProperties(null));
            List<String> unknown = unknown(_ -> true);
            unknown.stream().filter(line -> !toldUnknown.contains(line)).forEach(LOG::error);
            toldUnknown.retainAll(unknown);
            toldUnknown.addAll(unknown);
        } catch (IllegalStateException e) {
            LOG.debug("this bundle or Configuration Admin is stopped", e);
        }
    }

    // ---- reporting

    /** A line for each value, key and PID that is not in force. */
    @Override
    public List<String> get() {
        Set<String> lines = new LinkedHashSet<>();
        synchronized (inForce) {
            inForce.values().forEach(checked -> lines.addAll(checked.problems()));
        }
        lines.addAll(unknown(_ -> true));
        return List.copyOf(lines);
    }

    /** The same for the configuration that a file has. */
    List<String> problems(Path file) {
        List<String> pids = configurations(null).stream()
                .filter(one -> file.toUri().toString().equals(values(one).get(Sources.FILE)))
                .map(Configuration::getPid)
                .toList();
        return Stream.concat(
                        pids.stream().flatMap(pid -> checked(pid).stream()).flatMap(one -> one.problems().stream()),
                        unknown(pids::contains).stream())
                .toList();
    }

    private List<String> unknown(Predicate<String> wanted) {
        List<String> lines = new ArrayList<>();
        for (Configuration configuration : configurations(null)) {
            String pid = configuration.getPid();
            String base = base(pid, configuration.getFactoryPid());
            if (wanted.test(pid) && schemas.of(base).isEmpty() && !isManaged(base)) {
                Map<String, Object> values = values(configuration);
                String source = sources.file(values)
                        .orElse(sources.isCommandLine(pid) ? Sources.COMMAND_LINE : sources.of(values));
                lines.add("the PID " + Printable.of(pid) + " (" + source
                        + ") is not known, so it has no effect: no bundle here has this PID"
                        + Nearest.of(base, schemas.pids())
                                .map(near -> ". Did you mean " + near + "?")
                                .orElse(". 'pollux config' lists the known ones"));
            }
        }
        return lines;
    }

    /** Bundles without Declarative Services have a service for their PID. */
    private boolean isManaged(String pid) {
        try {
            return context.getAllServiceReferences(
                            null,
                            "(&(|(objectClass=org.osgi.service.cm.ManagedService)"
                                    + "(objectClass=org.osgi.service.cm.ManagedServiceFactory))(service.pid="
                                    + escaped(pid) + "))")
                    != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    // ---- for the command

    Schemas schemas() {
        return schemas;
    }

    Sources sources() {
        return sources;
    }

    Optional<Checked> checked(String pid) {
        synchronized (inForce) {
            return Optional.ofNullable(inForce.get(pid));
        }
    }

    /** Configurations with values; an empty list if Configuration Admin is stopping. */
    List<Configuration> configurations(@Nullable String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            LOG.error("the configurations cannot be listed: {}", e.getMessage());
            return List.of();
        }
    }

    static Map<String, Object> values(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        return properties == null ? Map.of() : copy(properties);
    }

    private static String escaped(String value) {
        return value.replaceAll("[\\\\*()]", "\\\\$0");
    }
}
