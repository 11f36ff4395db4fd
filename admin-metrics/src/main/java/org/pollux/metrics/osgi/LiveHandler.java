package org.pollux.metrics.osgi;

import org.osgi.service.component.annotations.Component;
import org.pollux.http.Administration;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** {@code /health/live} at the endpoint for administration: the process runs, and its loop for administration turns. */
@Component
@Path("/health/live")
@Administration
public final class LiveHandler implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        response.header("Content-Type", "text/plain")
                .header("Cache-Control", "no-store")
                .send("live\n");
    }
}
