package org.pollux.metrics.osgi;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.pollux.metrics.families.OwnMetrics;

/** Keeps the metrics of other bundles, whether the server is there or not. */
@Component(service = OwnMetricsComponent.class)
public final class OwnMetricsComponent {

    private final OwnMetrics metrics = new OwnMetrics();

    /** Without a metric. */
    @Activate
    public OwnMetricsComponent() {}

    OwnMetrics metrics() {
        return metrics;
    }
}
