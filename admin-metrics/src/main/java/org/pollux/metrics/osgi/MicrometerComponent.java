package org.pollux.metrics.osgi;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pollux.metrics.micrometer.PolluxMetrics;
import org.pollux.reactor.admin.Server;

/**
 * Binds the numbers to each {@code MeterRegistry} that is a service. Micrometer may be missing, so no signature here names a class of it:
 * its classes are loaded by the first registry.
 */
@Component(
        service = {},
        immediate = true)
public final class MicrometerComponent {

    private final Server server;
    private final BundleContext context;
    private final Map<ServiceReference<?>, PolluxMetrics> bound = new ConcurrentHashMap<>();

    /** The numbers of this server. */
    @Activate
    public MicrometerComponent(@Reference Server server, BundleContext context) {
        this.server = server;
        this.context = context;
    }

    @Reference(
            service = MeterRegistry.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindRegistry(ServiceReference<?> reference) {
        Object registry = context.getService(reference);
        if (registry != null) {
            PolluxMetrics metrics = new PolluxMetrics(server);
            bound.put(reference, metrics);
            metrics.bindTo((MeterRegistry) registry);
        }
    }

    void unbindRegistry(ServiceReference<?> reference) {
        PolluxMetrics metrics = bound.remove(reference);
        if (metrics != null) {
            metrics.close();
            context.ungetService(reference);
        }
    }
}
