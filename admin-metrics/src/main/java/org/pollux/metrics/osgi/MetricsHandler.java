package org.pollux.metrics.osgi;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.Administration;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.metrics.families.Exposition;

/** {@code /metrics} at the endpoint for administration. It has a thread of its own, because bundles that report may be slow. */
@Component
@Path("/metrics")
@Administration
@Blocking
public final class MetricsHandler implements HttpHandler {

    private final Readings readings;

    /** Shows these readings. */
    @Activate
    public MetricsHandler(@Reference Readings readings) {
        this.readings = readings;
    }

    @Override
    public void handle(Request request, Response response) {
        boolean open = request.headers()
                .first("Accept")
                .filter(accepted -> accepted.contains("application/openmetrics-text"))
                .isPresent();
        response.header("Content-Type", open ? Exposition.OPEN_METRICS : Exposition.PROMETHEUS)
                .header("Cache-Control", "no-store")
                .send(Exposition.of(readings.read(), open));
    }
}
