package org.pollux.samples.faulty;

import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * {@code /faulty/sleep} takes fifteen seconds, and {@code /faulty/spin} never ends. Both run on the loop of their
 * connection.
 */
@Component
@Path("/faulty/{what}")
public final class FaultyHandler implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        switch (request.parameter("what")) {
            case "spin" -> Fault.spin();
            case "sleep" -> Fault.sleep(Duration.ofSeconds(15));
            default -> {}
        }
        response.send("done");
    }
}
