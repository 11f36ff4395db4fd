package org.pollux.reactor.server.osgi;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Whether a bundle whose service has gone offers it again soon: it is being updated, refreshed or restarted, or waits for what
 * it needs to start again. For one thread; asked some ten times in a second.
 */
final class Transit implements BooleanSupplier {

    /** So often a bundle may be seen to run before it is believed that it does not offer the service. */
    private static final int PATIENCE = 50;

    private final BundleContext context;
    private final Bundle bundle;
    private int seenActive;

    Transit(BundleContext context, Bundle bundle) {
        this.context = context;
        this.bundle = bundle;
    }

    @Override
    public boolean getAsBoolean() {
        Bundle present = bundle.getState() == Bundle.UNINSTALLED ? successor() : bundle;
        return switch (present.getState()) {
            case Bundle.STARTING, Bundle.STOPPING -> true;
            case Bundle.INSTALLED, Bundle.RESOLVED ->
                present.adapt(BundleStartLevel.class).isPersistentlyStarted();
            case Bundle.ACTIVE -> seenActive++ < PATIENCE; // its component is being activated, perhaps
            default -> false;
        };
    }

    /** Another version that was installed in its place; itself when there is none. */
    private Bundle successor() {
        return Stream.of(context.getBundles())
                .filter(other -> Objects.equals(other.getSymbolicName(), bundle.getSymbolicName()))
                .findFirst()
                .orElse(bundle);
    }
}
