package org.pollux.metrics.osgi;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.Administration;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * {@code /health/ready} at the endpoint for administration: 200, or 503 while the server should not get requests. It says only how many
 * reasons there are, because it has no secret; {@code pollux health} names them.
 */
@Component
@Path("/health/ready")
@Administration
@Blocking
public final class ReadyHandler implements HttpHandler {

    private final Readiness readiness;

    /** Tells this readiness. */
    @Activate
    public ReadyHandler(@Reference Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void handle(Request request, Response response) {
        List<String> reasons = readiness.reasons();
        response.status(reasons.isEmpty() ? 200 : 503)
                .header("Content-Type", "text/plain")
                .header("Cache-Control", "no-store")
                .send(reasons.isEmpty() ? "ready\n" : "not ready: " + reasons.size() + " reasons, see pollux health\n");
    }
}
