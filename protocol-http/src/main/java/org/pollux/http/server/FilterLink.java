package org.pollux.http.server;

import java.util.List;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** A filter in front of what is behind it, for those requests that it is meant for. */
final class FilterLink implements HttpHandler {

    private final HttpFilter filter;
    private final Mount mount;
    private final boolean always;
    private final List<PathPattern> patterns;
    private final HttpHandler next;

    private FilterLink(HttpFilter filter, Mount mount, boolean always, HttpHandler next) {
        this.filter = filter;
        this.mount = mount;
        this.always = always;
        this.patterns = mount.patterns();
        this.next = next;
    }

    /** Puts a filter in front of what is at a pattern; what the filter has nothing to do with is returned as it is. */
    static HttpHandler inFront(HttpFilter filter, Mount mount, PathPattern at, HttpHandler next) {
        List<PathPattern> patterns = mount.patterns();
        boolean covered = patterns.stream().anyMatch(pattern -> pattern.covers(at));
        if (!covered && at.isExact()) {
            return next;
        }
        boolean always = covered && mount.methods().isEmpty() && mount.hosts().isEmpty();
        HttpHandler link = new FilterLink(filter, mount, always, next);
        return mount.blocks() ? new OnVirtualThread(link) : link;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        if (always || isMeant(request)) {
            filter.filter(request, response, next);
        } else {
            next.handle(request, response);
        }
    }

    private boolean isMeant(Request request) {
        return isMethod(request.method()) && isHost(request) && isPath(request.path());
    }

    private boolean isMethod(String method) {
        List<String> methods = mount.methods();
        return methods.isEmpty()
                || methods.contains(method)
                || methods.contains("*")
                || (method.equals("HEAD") && methods.contains("GET"));
    }

    private boolean isHost(Request request) {
        return mount.hosts().isEmpty() || mount.hosts().contains(HostName.of(request));
    }

    private boolean isPath(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.fits(path));
    }
}
