package org.pollux.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pollux.config.file.ConfWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the files {@code PID.cfg} of some folders to Configuration Admin. The framework property {@code pollux.conf} names the
 * folders, separated by commas. Without that property nothing is read, because another bundle does it. The first look is over
 * when this component is active, so bundles that start later find their configuration.
 *
 * <p>FileInstall cannot do this: it uses an empty file after one poll, and tries an unreadable file again at every poll.
 */
@Component(
        immediate = true,
        service = {Supplier.class, Runnable.class, Function.class},
        property = {"pollux.faults=conf", "pollux.reload=conf", "pollux.outcome=conf"})
public final class ConfFolders
        implements Supplier<List<String>>, Runnable, Function<Path, Optional<List<String>>>, ConfWatch.Target {

    private static final Logger LOG = LoggerFactory.getLogger(ConfFolders.class);

    private static final long POLL = 250;

    private final ConfigurationAdmin admin;
    private final Configurations checked;
    private final ConfWatch watch;
    private final Set<String> told = new HashSet<>();
    private final ScheduledExecutorService thread;

    /**
     * Reads all files, and follows them from then on.
     *
     * @param checked must be active first, so that every configuration is checked
     */
    @Activate
    public ConfFolders(BundleContext context, @Reference ConfigurationAdmin admin, @Reference Configurations checked) {
        this.admin = admin;
        this.checked = checked;
        String folders = context.getProperty("pollux.conf");
        watch = new ConfWatch(
                Stream.of(folders == null ? new String[0] : folders.split(",", -1))
                        .map(Path::of)
                        .toList(),
                name -> Optional.ofNullable(context.getProperty(name)),
                this);
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("pollux-conf").daemon().factory());
        turn();
        if (folders != null) {
            // a turn throws no exception
            var _ = thread.scheduleWithFixedDelay(this::turn, POLL, POLL, TimeUnit.MILLISECONDS);
        }
    }

    @Deactivate
    void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }

    private void turn() {
        try {
            watch.turn(System.nanoTime());
            List<String> problems = watch.problems();
            problems.stream().filter(problem -> !told.contains(problem)).forEach(LOG::error);
            told.clear();
            told.addAll(problems);
        } catch (RuntimeException e) {
            LOG.error("reading the configuration files failed; it will be tried again", e);
        }
    }

    /** Reads all files again at the next turn: {@code SIGHUP} asks for it. */
    @Override
    public void run() {
        watch.reload();
    }

    @Override
    public List<String> get() {
        return watch.problems();
    }

    /**
     * Tells the commands {@code deploy} and {@code undeploy} whether a file has taken effect. From any thread.
     *
     * @return empty while its content, or its removal, has not taken effect yet; then a line for each part that is not in force
     */
    @Override
    public Optional<List<String>> apply(Path file) {
        return watch.outcome(file)
                .map(problems -> Stream.concat(problems.stream(), checked.problems(file).stream())
                        .toList());
    }

    // ---- passing values to Configuration Admin

    @Override
    public void update(ConfWatch.Pid pid, Map<String, String> values, Path file) throws IOException {
        Configuration configuration = configuration(pid);
        Map<String, Object> before = new TreeMap<>(Configurations.values(configuration));
        boolean isNew = before.isEmpty();
        Map<String, Object> now = new TreeMap<>(values);
        now.put(Sources.FILE, file.toUri().toString());
        before.remove(Constants.SERVICE_PID);
        before.remove(ConfigurationAdmin.SERVICE_FACTORYPID);
        if (!now.equals(before)) {
            LOG.info("{} configuration {{}} from {}", isNew ? "Creating" : "Updating", configuration.getPid(), file);
            configuration.update(FrameworkUtil.asDictionary(now));
        }
    }

    @Override
    public void delete(ConfWatch.Pid pid, Path file) throws IOException {
        LOG.info("Deleting configuration {{}} from {}", pid, file);
        configuration(pid).delete();
    }

    private Configuration configuration(ConfWatch.Pid pid) throws IOException {
        Optional<String> name = pid.name();
        return name.isEmpty()
                ? admin.getConfiguration(pid.pid(), "?")
                : admin.getFactoryConfiguration(pid.pid(), name.get(), "?");
    }
}
