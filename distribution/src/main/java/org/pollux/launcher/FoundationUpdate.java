package org.pollux.launcher;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Lets the shell come back after {@code felix:update} of a bundle below it: the one that runs its commands, or the one that runs its
 * component. Without a refresh, the shell would stay wired to the former version for good, and the operator would have no shell in
 * which to write {@code felix:refresh}.
 */
final class FoundationUpdate implements BundleListener {

    /** What such a bundle provides: namespaces of capabilities, each with the value. */
    private static final Map<String, String> FOUNDATIONS = Map.of(
            PackageNamespace.PACKAGE_NAMESPACE, "org.apache.felix.service.command", "osgi.extender", "osgi.component");

    private final BundleContext system;
    private final Predicate<Bundle> isRefreshed;

    /** Updated, and not started again yet. Of the framework's thread for events. */
    private final Set<Bundle> starting = new HashSet<>();

    /**
     * Follows updates.
     *
     * @param isRefreshed whether whoever updates this bundle refreshes it too
     */
    FoundationUpdate(BundleContext system, Predicate<Bundle> isRefreshed) {
        this.system = system;
        this.isRefreshed = isRefreshed;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.UPDATED -> updated(bundle);
            case BundleEvent.STARTED -> started(bundle);
            default -> {}
        }
    }

    private void updated(Bundle bundle) {
        if (!isFoundation(bundle) || isRefreshed.test(bundle)) {
            return;
        }
        if (bundle.getState() != Bundle.ACTIVE
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            starting.add(bundle); // the update starts it again, and fails at that while a refresh is under way
        } else {
            refresh(bundle);
        }
    }

    private void started(Bundle bundle) {
        if (starting.remove(bundle)) {
            refresh(bundle);
        }
    }

    /** On a thread of the framework. */
    private void refresh(Bundle bundle) {
        system.getBundle().adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
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
