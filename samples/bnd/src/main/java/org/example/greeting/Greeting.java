package org.example.greeting;

import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Greets. Its {@code @Path} is a requirement in the manifest, by which a resolver finds the server. */
@Component
@Path("/greeting/{name}")
public final class Greeting implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        response.header("Content-Type", "text/plain").send("Hello, " + request.parameter("name") + "!\n");
    }
}
