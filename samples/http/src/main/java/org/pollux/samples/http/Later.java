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
 * Answers after a second, by a timer: no thread waits meanwhile, however many requests do. To answer later it is enough to
 * pass the response on.
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

    /** With this method another path changes the service; without it, it would end and begin anew. */
    @Modified
    void modified() {}
}
