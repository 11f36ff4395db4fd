package org.pollux.metrics.osgi;

import java.util.function.DoubleSupplier;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.pollux.metrics.Counter;
import org.pollux.metrics.Metrics;
import org.pollux.metrics.Timer;
import org.pollux.metrics.families.BundleMetrics;

/** The service for other bundles. Each bundle has an object of its own, which ends with its use. */
@Component(service = Metrics.class, scope = ServiceScope.BUNDLE)
public final class MetricsComponent implements Metrics {

    private final BundleMetrics metrics;

    /** The metrics of the bundle that uses the service. */
    @Activate
    public MetricsComponent(@Reference OwnMetricsComponent own, ComponentContext context) {
        Bundle user = context.getUsingBundle();
        metrics = new BundleMetrics(own.metrics(), user == null ? "a bundle" : String.valueOf(user.getSymbolicName()));
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        return metrics.counter(name, help, labels);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value) {
        metrics.gauge(name, help, value);
    }

    @Override
    public Timer timer(String name, String help, String... labels) {
        return metrics.timer(name, help, labels);
    }

    @Deactivate
    void close() {
        metrics.close();
    }
}
