package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Responds after a second, by a timer. No thread waits meanwhile, however many requests do. To respond later, a handler
 * only passes the response on.
 */
@Component(configurationPid = "pollux.samples.later")
@Designate(ocd = HandlerConfiguration.class)
@Path("/later")
public final class Later implements HttpHandler {

    private static final byte[] TEXT = "A second has passed.\n".getBytes(UTF_8);

    private final Executor inASecond = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    @Override
    public void handle(Request request, Response response) {
        inASecond.execute(() -> response.header("Content-Type", "text/plain").send(TEXT));
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
