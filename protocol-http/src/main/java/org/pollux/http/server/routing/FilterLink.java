package org.pollux.http.server.routing;

import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.server.exchange.OnOwnThread;
import org.pollux.http.server.syntax.PathPattern;

/** Puts a filter in front of a handler, for the requests that the filter is meant for. */
final class FilterLink implements HttpHandler {

    private final HttpFilter filter;
    private final Scope scope;
    private final boolean always;
    private final HttpHandler next;

    private FilterLink(HttpFilter filter, Scope scope, boolean always, HttpHandler next) {
        this.filter = filter;
        this.scope = scope;
        this.always = always;
        this.next = next;
    }

    /**
     * Puts a filter in front of the handler of a pattern. Returns the handler unchanged when the filter does not apply to
     * it.
     */
    static HttpHandler inFront(MountedFilter filter, PathPattern at, HttpHandler next) {
        if (filter.scope().isNothing(at)) {
            return next;
        }
        HttpHandler link =
                new FilterLink(filter.filter(), filter.scope(), filter.scope().isAll(at), next);
        return filter.mount().blocks() ? new OnOwnThread(link, filter.filter().getClass()) : link;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        if (always || scope.fits(request)) {
            filter.filter(request, response, next);
        } else {
            next.handle(request, response);
        }
    }
}
