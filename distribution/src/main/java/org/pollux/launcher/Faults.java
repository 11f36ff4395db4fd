package org.pollux.launcher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that should run but do not, and the files of the home that are not in force, each with the reason. The log is told
 * when the bundles have settled after a change, because during the change many of them wait for others. A bundle that is being
 * updated is not at fault. Safe for use from any thread.
 */
final class Faults implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final Executor SETTLED = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    /** A bundle that starts or stops for longer hides no faults. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Framework framework;
    private final Home home;
    private final List<Supplier<List<String>>> sources = new CopyOnWriteArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Predicate<Bundle> updating = _ -> false;

    /** As of {@link System#nanoTime}: when bundles were first seen to start or stop; empty when they have settled since. */
    private volatile OptionalLong unsettled = OptionalLong.empty();

    private Set<String> reported = Set.of();

    Faults(Framework framework, Home home) {
        this.framework = framework;
        this.home = home;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        changed();
    }

    /** Something else that knows of faults. */
    void also(Supplier<List<String>> source) {
        sources.add(source);
    }

    /** Bundles that do not run for a while, because they are being updated, or because they use one that is. */
    void except(Predicate<Bundle> updating) {
        this.updating = updating;
    }

    /** Something was started or stopped, or tried to. */
    void changed() {
        long change = changes.incrementAndGet();
        SETTLED.execute(() -> {
            if (changes.get() != change || framework.getState() != Bundle.ACTIVE) {
                return;
            }
            if (haveSettled()) {
                unsettled = OptionalLong.empty();
                report();
            } else if (isOverdue()) {
                report();
            } else {
                changed();
            }
        });
    }

    private boolean isOverdue() {
        long now = System.nanoTime();
        long since = unsettled.orElse(now);
        unsettled = OptionalLong.of(since);
        return now - since > PATIENCE;
    }

    /** Whether no bundle starts or stops. */
    boolean haveSettled() {
        return Stream.of(framework.getBundleContext().getBundles()).noneMatch(Faults::startsOrStops);
    }

    /** A lazy bundle is starting until its first class is wanted. */
    private static boolean startsOrStops(Bundle bundle) {
        return bundle.getState() == Bundle.STOPPING
                || (bundle.getState() == Bundle.STARTING
                        && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) == null);
    }

    private synchronized void report() {
        Set<String> now = new LinkedHashSet<>(current());
        now.stream().filter(fault -> !reported.contains(fault)).forEach(LOG::error);
        reported = now;
    }

    /** A line for each. */
    List<String> current() {
        List<String> faults = new ArrayList<>();
        BundleContext context = framework.getBundleContext();
        int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : context.getBundles()) {
            if (shouldRun(bundle, level) && !updating.test(bundle)) {
                if (bundle.getState() == Bundle.INSTALLED) {
                    faults.add(describe(bundle) + " cannot run: " + Unresolved.reason(bundle, context));
                } else if (bundle.getState() == Bundle.RESOLVED) {
                    faults.add(describe(bundle) + " failed to start: the log has the reason");
                }
            }
        }
        faults.addAll(FolderFiles.problems(home));
        sources.forEach(source -> faults.addAll(source.get()));
        return faults;
    }

    private static boolean shouldRun(Bundle bundle, int level) {
        BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        return !fragment && start.isPersistentlyStarted() && start.getStartLevel() <= level;
    }

    private static String describe(Bundle bundle) {
        String location = bundle.getLocation();
        return "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " ("
                + location.substring(location.lastIndexOf('/') + 1) + ")";
    }
}
