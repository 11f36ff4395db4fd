package org.pollux.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the shell come back after {@code felix:update} of a bundle below it: the one that runs its commands, or the one that runs its
 * component. Without a refresh, the shell would stay wired to the former version for good, and the operator would have no shell in
 * which to write {@code felix:refresh}.
 *
 * <p>Felix refuses an update during a refresh, but stops the bundle before. So the shell, or a bundle below it, that was not stopped
 * for good and stays down is started again. This includes {@code felix:stop -t}.
 */
final class FoundationUpdate implements BundleListener {

    /** For how long an update, or a refresh, has a bundle down. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PATIENCE_OF_A_REFRESH = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int STARTS = 6;
    private static final String COMMANDS = "org.apache.felix.service.command";
    private static final Logger LOG = LoggerFactory.getLogger(FoundationUpdate.class);

    /** What such a bundle provides: namespaces of capabilities, each with the value. */
    private static final Map<String, String> FOUNDATIONS =
            Map.of(PackageNamespace.PACKAGE_NAMESPACE, COMMANDS, "osgi.extender", "osgi.component");

    private interface Task {
        void run() throws InterruptedException;
    }

    private final Bundle framework;
    private final Duration patience;
    private final Rewiring rewiring;
    private final Predicate<Bundle> isRefreshed;

    /**
     * Follows updates.
     *
     * @param patience for how long one of these bundles may be down until it is started again
     * @param isRefreshed whether the one that updates this bundle refreshes it too
     */
    FoundationUpdate(BundleContext system, Duration patience, Predicate<Bundle> isRefreshed) {
        this.framework = system.getBundle();
        this.patience = patience;
        this.rewiring = new Rewiring(system);
        this.isRefreshed = isRefreshed;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UPDATED && isFoundation(bundle) && !isRefreshed.test(bundle)) {
            start("pollux-refresh", () -> refresh(bundle));
        } else if (event.getType() == BundleEvent.STOPPED
                && isDown(bundle)
                && (isFoundation(bundle) || usesCommands(bundle))) {
            start("pollux-restart", () -> startAgain(bundle));
        }
    }

    private static void start(String name, Task task) {
        Thread.ofPlatform()
                .name(name)
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        task.run();
                    } catch (IllegalStateException e) {
                        LOG.debug("The framework ends meanwhile", e);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /**
     * The update starts the bundle again, and would fail at that during a refresh. It does not when it was told by a command of the
     * shell, because Gogo interrupts its commands when it stops.
     */
    private void refresh(Bundle bundle) throws InterruptedException {
        boolean _ = staysDown(bundle, PATIENCE_OF_A_REFRESH); // true when it was interrupted
        rewiring.refresh(List.of(bundle));
        if (isDown(bundle)) {
            startNow(bundle);
        }
    }

    /** Several times, because Felix refuses a start during a refresh too. */
    private void startAgain(Bundle bundle) throws InterruptedException {
        for (int i = 0; i < STARTS && staysDown(bundle, patience) && !isRefreshed.test(bundle); i++) {
            LOG.warn("{} was stopped, but not for good, and is started again: the shell needs it", bundle);
            startNow(bundle);
        }
    }

    private static void startNow(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException | IllegalStateException e) {
            LOG.error("{} does not start again", bundle, e);
        }
    }

    /** Whether the bundle is down for all of this time. Returns as soon as it is not. */
    private boolean staysDown(Bundle bundle, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (isDown(bundle)) {
            if (System.nanoTime() - deadline >= 0) {
                return true;
            }
            Thread.sleep(GLANCE);
        }
        return false;
    }

    /** While the framework itself runs. */
    private boolean isDown(Bundle bundle) {
        return framework.getState() == Bundle.ACTIVE
                && bundle.getState() != Bundle.ACTIVE
                && bundle.getState() != Bundle.UNINSTALLED
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private static boolean usesCommands(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .anyMatch(required -> String.valueOf(
                                        required.getDirectives().get(Constants.FILTER_DIRECTIVE))
                                .contains("=" + COMMANDS + ")"));
    }

    private static boolean isFoundation(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && FOUNDATIONS.entrySet().stream().anyMatch(foundation -> provides(revision, foundation));
    }

    private static boolean provides(BundleRevision revision, Map.Entry<String, String> foundation) {
        return revision.getDeclaredCapabilities(foundation.getKey()).stream()
                .anyMatch(provided ->
                        foundation.getValue().equals(provided.getAttributes().get(foundation.getKey())));
    }
}
