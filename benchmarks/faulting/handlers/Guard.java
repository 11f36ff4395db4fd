package org.pollux.benchmarks.faulting;

import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Lets pass who has a token. */
public final class Guard implements HttpFilter {

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        if (request.headers().first("Authorization").isPresent()) {
            next.handle(request, response);
        } else {
            response.status(401).send();
        }
    }
}
