package org.example.sample;

import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Greets: {@code GET /sample/Ada} gets {@code Hello, Ada!}. */
@Component
@Path("/sample/{name}")
public final class SampleHandler implements HttpHandler {

    /** Called on an event loop, so it must not block. With {@code @Blocking} it gets a thread of its own. */
    @Override
    public void handle(Request request, Response response) {
        response.header("Content-Type", "text/plain; charset=utf-8")
                .send("Hello, " + request.parameter("name") + "!\n");
    }
}
