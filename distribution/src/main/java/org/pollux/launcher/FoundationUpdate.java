package org.pollux.launcher;

import java.time.Duration;
import java.util.ArrayList;
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
 * component. Otherwise the operator would have no shell in which to write the command that helps:
 *
 * <ul>
 *   <li>Without a refresh, the shell would stay wired to the former version for good. What else these bundles still use in a former
 *       version is refreshed too, or the new version and the shell could have the same package from two bundles.
 *   <li>Felix refuses an update during a refresh, but stops the bundle before. So the shell, or a bundle below it, that was not stopped
 *       for good and stays down is started again. This includes {@code felix:stop -t}.
 * </ul>
 */
final class FoundationUpdate implements BundleListener {

    /** For how long an update has a bundle down. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int STARTS = 20;
    private static final String COMMANDS = "org.apache.felix.service.command";
    private static final Logger LOG = LoggerFactory.getLogger(FoundationUpdate.class);

    /** What such a bundle provides: namespaces of capabilities, each with the value. */
    private static final Map<String, String> FOUNDATIONS =
            Map.of(PackageNamespace.PACKAGE_NAMESPACE, COMMANDS, "osgi.extender", "osgi.component");

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
        boolean updated = event.getType() == BundleEvent.UPDATED && isFoundation(bundle);
        boolean stopped = event.getType() == BundleEvent.STOPPED
                && (isFoundation(bundle) || usesCommands(bundle))
                && isDown(bundle);
        if ((updated || stopped) && !isRefreshed.test(bundle)) {
            Thread.ofPlatform()
                    .name("pollux-refresh")
                    .daemon(true)
                    .inheritInheritableThreadLocals(false)
                    .start(() -> bringBack(bundle));
        }
    }

    /** One after the other: an update tells that a bundle has stopped, and that it is updated. */
    private synchronized void bringBack(Bundle bundle) {
        try {
            for (int i = 0; i < STARTS; i++) {
                awaitStart(bundle);
                rewiring.awaitRefresh(); // Felix refuses a start during one
                List<Bundle> changed = new ArrayList<>(formerBelow());
                if (i > 0 && isDown(bundle)) {
                    changed.add(bundle); // Gogo starts only once in a class loader, even when the start fails
                }
                rewiring.refresh(changed);
                if (!isDown(bundle)) {
                    return;
                }
                LOG.warn("{} is down, was not stopped for good, and is started again: the shell needs it", bundle);
                start(bundle);
            }
        } catch (IllegalStateException e) {
            LOG.debug("The framework ends meanwhile", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The updated bundles whose former version a bundle below the shell still uses. */
    private List<Bundle> formerBelow() {
        return rewiring.former().stream()
                .filter(former -> rewiring.users(List.of(former)).stream().anyMatch(FoundationUpdate::isFoundation))
                .toList();
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException | IllegalStateException e) {
            LOG.error("{} does not start again", bundle, e);
        }
    }

    private void awaitStart(Bundle bundle) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isDown(bundle) && System.nanoTime() - deadline < 0) {
            Thread.sleep(GLANCE);
        }
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
