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
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the shell come back after {@code felix:update} of a bundle below it: the one that runs its commands, or the one that runs its
 * component. Without a refresh, the shell would stay wired to the former version for good, and the operator would have no shell in
 * which to write {@code felix:refresh}.
 */
final class FoundationUpdate implements BundleListener {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(FoundationUpdate.class);

    /** What such a bundle provides: namespaces of capabilities, each with the value. */
    private static final Map<String, String> FOUNDATIONS = Map.of(
            PackageNamespace.PACKAGE_NAMESPACE, "org.apache.felix.service.command", "osgi.extender", "osgi.component");

    private final BundleContext system;
    private final Rewiring rewiring;
    private final Predicate<Bundle> isRefreshed;

    /**
     * Follows updates.
     *
     * @param isRefreshed whether the one that updates this bundle refreshes it too
     */
    FoundationUpdate(BundleContext system, Predicate<Bundle> isRefreshed) {
        this.system = system;
        this.rewiring = new Rewiring(system);
        this.isRefreshed = isRefreshed;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UPDATED && isFoundation(bundle) && !isRefreshed.test(bundle)) {
            Thread.ofPlatform()
                    .name("pollux-refresh")
                    .daemon(true)
                    .inheritInheritableThreadLocals(false)
                    .start(() -> refresh(bundle));
        }
    }

    private void refresh(Bundle bundle) {
        try {
            awaitStart(bundle);
            rewiring.refresh(List.of(bundle));
            if (isDown(bundle) && system.getBundle().getState() == Bundle.ACTIVE) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        } catch (BundleException | IllegalStateException e) {
            LOG.error("{} was updated and does not run again", bundle, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The update starts the bundle again, and would fail at that during a refresh. It does not when it was told by a command of the
     * shell, because Gogo interrupts its commands when it stops.
     */
    private static void awaitStart(Bundle bundle) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isDown(bundle) && System.nanoTime() - deadline < 0) {
            Thread.sleep(GLANCE);
        }
    }

    private static boolean isDown(Bundle bundle) {
        return bundle.getState() != Bundle.ACTIVE
                && bundle.getState() != Bundle.UNINSTALLED
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
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
