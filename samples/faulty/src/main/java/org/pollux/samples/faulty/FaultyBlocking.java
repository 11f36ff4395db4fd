package org.pollux.samples.faulty;

import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * {@code /faulty/blocking/sleep} takes fifteen seconds, and {@code /faulty/blocking/spin} never ends. Both run on a
 * thread of their own.
 */
@Component
@Path("/faulty/blocking/{what}")
@Blocking
public final class FaultyBlocking implements HttpHandler {

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
