package org.pollux.samples.remote.front;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.ServiceException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.Blocking;
import org.pollux.http.HttpException;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Problem;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.samples.remote.Greeter;

/**
 * Asks the nodes in turn. Discovery learns some seconds late that a node has died, but its connection breaks at once: so the next
 * node is asked, and 503 is the response when none is left. A greeting may be asked for twice, because that harms nobody.
 *
 * <p>It is {@code @Blocking}, because a call waits for another machine.
 */
@Component(configurationPid = "pollux.samples.remote.front", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FrontConfiguration.class)
@Path("/greetings/{name}")
@Blocking
public final class Greetings implements HttpHandler {

    /** The nodes that discovery knows: services as any other. It is replaced when one comes or goes. */
    @Reference
    private volatile List<Greeter> greeters = List.of();

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public void handle(Request request, Response response) {
        List<Greeter> known = greeters;
        int first = turn.getAndIncrement();
        for (int i = 0; i < known.size(); i++) {
            long start = System.nanoTime();
            try {
                String greeting =
                        known.get(Math.floorMod(first + i, known.size())).greet(request.parameter("name"));
                response.header("Server-Timing", "call;dur=" + (System.nanoTime() - start) / 1e6)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .send(greeting);
                return;
            } catch (ServiceException e) {
                // its node has died, or takes too long: the next one
            }
        }
        response.header("Retry-After", "1");
        throw new HttpException(Problem.of(503, "No node can be reached; " + known.size() + " are known"));
    }
}
