package org.pollux.launcher;

import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Lets the shell come back after {@code felix:update} of the bundle that runs its commands. Without a refresh, the shell would use the
 * classes of the former version for good and find no commands, and the operator would have no shell in which to write
 * {@code felix:refresh}.
 */
final class CommandsUpdate implements BundleListener {

    private static final String COMMANDS = "org.apache.felix.service.command";

    private final BundleContext system;
    private final Predicate<Bundle> isRefreshed;

    /**
     * Follows updates.
     *
     * @param isRefreshed whether whoever updates this bundle refreshes it too
     */
    CommandsUpdate(BundleContext system, Predicate<Bundle> isRefreshed) {
        this.system = system;
        this.isRefreshed = isRefreshed;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UPDATED && runsCommands(bundle) && !isRefreshed.test(bundle)) {
            system.getBundle().adapt(FrameworkWiring.class).refreshBundles(List.of(bundle)); // on a thread of its own
        }
    }

    private static boolean runsCommands(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .anyMatch(offered ->
                                COMMANDS.equals(offered.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
    }
}
