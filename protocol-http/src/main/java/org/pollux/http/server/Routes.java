package org.pollux.http.server;

import java.util.List;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.Mount;

/**
 * The handlers, filters and error pages of a server, by path. They can be added and removed while requests run. Each change
 * makes a new table, and a request sees one table from its beginning to its end. From any thread.
 */
public final class Routes {

    /** A handler, filter, error page or demand. It is in force until this is closed. Closing it again is a no-op. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Removes it. Requests that it has already received are served to their end. From any thread. */
        @Override
        void close();
    }

    private final RouteRegistry registry = new RouteRegistry();

    /** Makes routes without a handler: every request gets 404. */
    public Routes() {}

    /** Used by the protocol that serves the routes. */
    RouteRegistry registry() {
        return registry;
    }

    /**
     * Adds a handler for GET and HEAD.
     *
     * @param paths as {@link org.pollux.http.Path} describes them
     * @throws IllegalArgumentException when a path is not valid, with the remedy
     */
    public Registration add(HttpHandler handler, String... paths) {
        return registry.add(handler, paths)::close;
    }

    /** Adds a handler. When two have the same path and method, the first one serves it. */
    public Registration add(HttpHandler handler, Mount mount) {
        return registry.add(handler, mount)::close;
    }

    /** Adds a filter behind the existing ones. */
    public Registration add(HttpFilter filter, Mount mount) {
        return registry.add(filter, mount)::close;
    }

    /** Adds a filter that can be demanded by its name, behind the existing ones. */
    public Registration add(String name, HttpFilter filter, Mount mount) {
        return registry.add(name, filter, mount)::close;
    }

    /**
     * Adds an error page behind the existing ones.
     *
     * @param mount an empty list of paths means all paths; methods and blocking are ignored
     * @param statuses 400 to 599; an empty list means all
     * @throws IllegalArgumentException when a status is not in that range
     */
    public Registration addErrorPage(ErrorPage page, Mount mount, int... statuses) {
        return registry.addErrorPage(page, mount, statuses)::close;
    }

    /**
     * Demands a filter: requests for these paths that have not passed a filter of that name get 503.
     *
     * @param paths as {@link org.pollux.http.Path} describes them; empty segments in a request's path do not avoid the
     *     demand
     * @throws IllegalArgumentException when a path is not valid, with the remedy
     */
    public Registration require(String filter, String... paths) {
        return registry.require(filter, paths)::close;
    }

    /** Makes several changes in one step: a request sees all of them or none. */
    public void together(Runnable changes) {
        registry.together(changes);
    }

    /** The demands for filters that are not met now, one line each. */
    public List<String> faults() {
        return registry.faults();
    }
}
