package org.pollux.http.server.osgi;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Predicts from the state of a bundle and a component whether an absent service returns. From any thread, without a lock. */
final class BundleState {

    /** The time in which an uninstalled bundle may be installed again from another file, or a stopped one started. */
    private static final Duration OF_BUNDLE = Duration.ofSeconds(3);

    /** The time in which a running bundle may register an unregistered service again. */
    private static final Duration OF_SERVICE = Duration.ofSeconds(1);

    /**
     * The expected fate of a service.
     *
     * @param gone whether it was removed on purpose
     * @param reason for reports: {@code its bundle was stopped}
     * @param grace in which it may still return, when it was removed
     */
    record Fate(boolean gone, String reason, Duration grace) {

        static Fate gone(String reason, Duration grace) {
            return new Fate(true, reason, grace);
        }

        static Fate expected(String reason) {
            return new Fate(false, reason, Duration.ZERO);
        }
    }

    private final BundleContext context;

    BundleState(BundleContext context) {
        this.context = context;
    }

    Fate fate(Offer offer) {
        Optional<Bundle> present = present(offer);
        if (present.isEmpty()) {
            return Fate.gone("its bundle was uninstalled", OF_BUNDLE);
        }
        Bundle bundle = present.get();
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> component(offer, bundle);
            case Bundle.STARTING, Bundle.STOPPING -> Fate.expected("its bundle is starting or stopping");
            default -> {
                BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
                yield level != null && !level.isPersistentlyStarted()
                        ? Fate.gone("its bundle was stopped", OF_BUNDLE)
                        : Fate.expected(
                                bundle.getState() == Bundle.INSTALLED
                                        ? "its bundle is not resolved"
                                        : "its bundle has not started");
            }
        };
    }

    /** Its bundle, or another version that was installed in its place. */
    private Optional<Bundle> present(Offer offer) {
        Bundle own = offer.bundle().orElseThrow();
        return own.getState() != Bundle.UNINSTALLED
                ? Optional.of(own)
                : Stream.of(context.getBundles())
                        .filter(bundle -> offer.bundleName().equals(bundle.getSymbolicName()))
                        .max(Comparator.comparingLong(Bundle::getBundleId));
    }

    private Fate component(Offer offer, Bundle bundle) {
        if (offer.component().isEmpty()) {
            return Fate.gone("its bundle has unregistered it", OF_SERVICE);
        }
        try {
            return ofComponent(offer, bundle);
        } catch (NoClassDefFoundError _) { // a framework without Declarative Services
            return Fate.gone("its bundle has unregistered it", OF_SERVICE);
        }
    }

    private Fate ofComponent(Offer offer, Bundle bundle) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
        if (reference == null || runtime == null) {
            return Fate.expected("Declarative Services do not run");
        }
        try {
            ComponentDescriptionDTO description = runtime.getComponentDescriptionDTO(bundle, offer.component());
            if (description == null) {
                return Fate.gone("its bundle has no such component any more", OF_BUNDLE);
            }
            return ofConfigurations(offer, description, runtime.getComponentConfigurationDTOs(description));
        } finally {
            context.ungetService(reference);
        }
    }

    private static Fate ofConfigurations(
            Offer offer, ComponentDescriptionDTO description, Collection<ComponentConfigurationDTO> configurations) {
        boolean configured = configurations.stream()
                .anyMatch(one -> Objects.equals(offer.pid(), String.valueOf(one.properties.get("service.pid"))));
        if (!offer.pid().isEmpty() && description.configurationPolicy.equals("require") && !configured) {
            return Fate.gone("its configuration " + offer.pid() + " was deleted", OF_BUNDLE);
        }
        return Fate.expected("its component " + offer.component() + " is not active");
    }
}
