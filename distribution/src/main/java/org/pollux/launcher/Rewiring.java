package org.pollux.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Lets the framework wire bundles again: changed bundles, the hosts of changed fragments, and bundles with an optional import
 * whose package has appeared.
 */
final class Rewiring {

    private static final int PATIENCE_SECONDS = 60;

    private final BundleContext system;

    Rewiring(BundleContext system) {
        this.system = system;
    }

    /** The changed bundles, and those that stop and start again with them. */
    Collection<Bundle> users(Collection<Bundle> changed) {
        return system.getBundle().adapt(FrameworkWiring.class).getDependencyClosure(changed);
    }

    /** The bundles that were updated, or uninstalled, and whose former version is still in use. */
    Collection<Bundle> former() {
        return system.getBundle().adapt(FrameworkWiring.class).getRemovalPendingBundles();
    }

    /** Returns when the framework has done it. */
    void refresh(Collection<Bundle> changed) throws InterruptedException {
        if (changed.isEmpty()) {
            return;
        }
        Set<Bundle> bundles = new LinkedHashSet<>(changed);
        for (Bundle bundle : system.getBundles()) {
            if (changed.stream().anyMatch(other -> concerns(other, bundle))) {
                bundles.add(bundle);
            }
        }
        refreshOnly(bundles);
    }

    /** Returns when the refresh that is under way is done. */
    void awaitRefresh() throws InterruptedException {
        refreshOnly(List.of()); // they are done one after the other
    }

    private void refreshOnly(Collection<Bundle> bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        system.getBundle().adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        boolean _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS); // if a bundle does not stop, the framework goes on
    }

    private static boolean concerns(Bundle changed, Bundle other) {
        BundleRevision revision = changed.adapt(BundleRevision.class);
        if (changed.getState() == Bundle.UNINSTALLED || revision == null) {
            return false;
        }
        BundleRevision others = other.adapt(BundleRevision.class);
        BundleWiring wiring = others == null ? null : others.getWiring();
        if (wiring == null || other.equals(changed)) {
            return false;
        }
        boolean hosts = matches(
                revision.getDeclaredRequirements(HostNamespace.HOST_NAMESPACE),
                others.getDeclaredCapabilities(HostNamespace.HOST_NAMESPACE));
        return hosts
                || matches(
                        unwired(others, wiring), revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE));
    }

    private static List<BundleRequirement> unwired(BundleRevision revision, BundleWiring wiring) {
        List<BundleRequirement> optional =
                new ArrayList<>(revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE));
        optional.removeIf(requirement -> !Constants.RESOLUTION_OPTIONAL.equals(
                requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE)));
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            optional.remove(wire.getRequirement());
        }
        return optional;
    }

    private static boolean matches(List<BundleRequirement> requirements, List<BundleCapability> capabilities) {
        return requirements.stream()
                .anyMatch(requirement -> capabilities.stream().anyMatch(requirement::matches));
    }
}
