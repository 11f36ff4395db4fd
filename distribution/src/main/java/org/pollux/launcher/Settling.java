package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.SynchronousBundleListener;

/**
 * The things that have not settled since the start: the framework still starts bundles, or a bundle of {@code deploy/} does not
 * run yet. The runtime finds this service by the property {@code pollux.unsettled}, and opens its endpoints when the list is
 * empty.
 *
 * <p>A bundle that cannot run does not hold up the start. When nothing has changed for {@link #GIVEN_UP}, {@link Faults} reports
 * it. A folder has settled when nothing has changed for {@link #QUIET}, because configurations are delivered in a thread of
 * their own.
 */
final class Settling implements Supplier<List<String>>, SynchronousBundleListener, ServiceListener {

    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration GIVEN_UP = Duration.ofSeconds(2);

    private final BundleContext context;
    private final Path deploy;
    private volatile long changed = System.nanoTime();
    private volatile boolean started;
    private volatile boolean over;

    Settling(BundleContext context, Path deploy) {
        this.context = context;
        this.deploy = deploy;
    }

    /** To be called before the bundles start. */
    void begin() {
        context.addBundleListener(this);
        context.addServiceListener(this);
    }

    /** The framework has reached its start level. */
    void started() {
        changed = System.nanoTime();
        started = true;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        changed = System.nanoTime();
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        changed = System.nanoTime();
    }

    /** A line for each, as part of a sentence. */
    @Override
    public List<String> get() {
        if (over) {
            return List.of();
        }
        if (!started) {
            return List.of("the bundles of bundles/");
        }
        List<Path> jars = jars();
        List<String> unsettled = new ArrayList<>();
        for (Path jar : jars) {
            if (!runs(jar)) {
                unsettled.add("deploy/" + jar.getFileName());
            }
        }
        long quiet = System.nanoTime() - changed;
        if (unsettled.isEmpty() && !jars.isEmpty() && quiet < QUIET.toNanos()) {
            unsettled.add("what deploy/ has brought");
        }
        if (unsettled.isEmpty() || quiet >= GIVEN_UP.toNanos()) {
            over = true;
            context.removeBundleListener(this);
            context.removeServiceListener(this);
            return List.of();
        }
        return unsettled;
    }

    private List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(deploy, "[!.]*.jar")) {
            files.forEach(jars::add);
        } catch (IOException _) {
            return List.of(); // an unreadable folder has nothing to wait for
        }
        return jars;
    }

    /** Whether its bundle runs, as far as it should. */
    private boolean runs(Path jar) {
        return bundle(jar)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE || !startsByItself(bundle))
                .isPresent();
    }

    private Optional<Bundle> bundle(Path jar) {
        String file = "/" + jar.getFileName().toUri().getRawPath().replaceFirst(".*/", "");
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getLocation().endsWith(file))
                .findFirst();
    }

    /** A fragment never starts, and a lazy bundle when its first class is wanted. */
    private static boolean startsByItself(Bundle bundle) {
        Dictionary<String, String> headers = bundle.getHeaders("");
        boolean lazy = bundle.getState() == Bundle.STARTING && headers.get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return !lazy && headers.get(Constants.FRAGMENT_HOST) == null;
    }
}
