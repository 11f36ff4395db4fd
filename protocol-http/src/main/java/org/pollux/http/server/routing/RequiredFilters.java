package org.pollux.http.server.routing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.exchange.OnOwnThread;

/**
 * The filters in front of a handler that must not be reached without some of them. Each request is followed through its
 * chain. A required filter counts when it has passed on this very request. If the last filter of that name is behind the
 * request and none of them counts, the server responds with 503, and nothing behind that place sees the request.
 */
final class RequiredFilters implements HttpHandler {

    private final Set<String> always;
    private final List<Requirement> perhaps;
    private final List<MountedFilter> filters;
    private final HttpHandler handler;
    private final HttpHandler unguarded;
    private final Refusal refusal;

    /** Receives a request that no filter has seen. */
    interface Refusal {
        void tell(Request request, int status, long bytes);
    }

    /**
     * Makes the chain of a place.
     *
     * @param always the names of the filters that all its requests need
     * @param perhaps the names of the filters that some of them need, depending on their path
     * @param filters that may see its requests, the first is nearest to the handler
     * @param unguarded the same chain for requests that need none
     */
    RequiredFilters(
            Set<String> always,
            List<Requirement> perhaps,
            List<MountedFilter> filters,
            HttpHandler handler,
            HttpHandler unguarded,
            Refusal refusal) {
        this.always = always;
        this.perhaps = perhaps;
        this.filters = filters;
        this.handler = handler;
        this.unguarded = unguarded;
        this.refusal = refusal;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        Set<String> needed = new HashSet<>(always);
        String path = request.path();
        for (Requirement requirement : perhaps) {
            if (requirement.fits(path)) {
                needed.add(requirement.filter());
            }
        }
        if (needed.isEmpty()) {
            unguarded.handle(request, response);
        } else if (lacks(needed, filters.size())) {
            response.intercept(new Tell());
            OwnResponses.UNAVAILABLE.handle(request, response);
        } else {
            new Link(needed, filters.size()).handle(request, response);
        }
    }

    /** Whether one of the needed filters is not among those that follow. */
    private boolean lacks(Set<String> needed, int following) {
        for (String name : needed) {
            boolean follows = false;
            for (int i = 0; i < following && !follows; i++) {
                follows = filters.get(i).name().equals(name);
            }
            if (!follows) {
                return true;
            }
        }
        return false;
    }

    /** One request on its way, in front of the filter before a place in the list. */
    private final class Link implements HttpHandler {

        private final Set<String> needed;
        private final int following;

        Link(Set<String> needed, int following) {
            this.needed = needed;
            this.following = following;
        }

        @Override
        public void handle(Request request, Response response) throws Exception {
            int at = following - 1;
            while (!lacks(needed, at + 1) && at >= 0) {
                MountedFilter filter = filters.get(at);
                if (filter.scope().fits(request)) {
                    call(filter, at, request, response);
                    return;
                }
                at--;
            }
            if (needed.isEmpty()) {
                handler.handle(request, response);
            } else {
                OwnResponses.UNAVAILABLE.handle(request, response);
            }
        }

        private void call(MountedFilter filter, int at, Request request, Response response) throws Exception {
            Set<String> left = new HashSet<>(needed);
            left.remove(filter.name());
            Link next = new Link(left, at);
            if (filter.mount().blocks()) {
                new OnOwnThread(
                                (asked, given) -> filter.filter().filter(asked, given, next),
                                filter.filter().getClass())
                        .handle(request, response);
            } else {
                filter.filter().filter(request, response, next);
            }
        }
    }

    private final class Tell implements ResponseInterceptor {

        @Override
        public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
            refusal.tell(request, status, bytes);
        }
    }
}
