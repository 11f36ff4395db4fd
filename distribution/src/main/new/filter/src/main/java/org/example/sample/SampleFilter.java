package org.example.sample;

import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Lets a request for a path below {@code /sample} pass if it has the field {@code X-Key: open}. Others get 403. */
@Component
@Path("/sample/*")
public final class SampleFilter implements HttpFilter {

    /** Called before the handler, which {@code next} leads to. */
    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        if (request.headers().first("X-Key").filter("open"::equals).isPresent()) {
            next.handle(request, response);
        } else {
            response.status(403).send("the field X-Key is missing or wrong\n");
        }
    }
}
