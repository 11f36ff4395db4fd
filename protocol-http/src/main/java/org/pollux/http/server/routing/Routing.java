package org.pollux.http.server.routing;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.OnOwnThread;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers, filters and error pages of one moment, immutable. A request sees one of these. */
public final class Routing {

    /**
     * A handler that is there, or whose place is kept; the first of two at one place is the one that answers less.
     *
     * @param requires the names of filters without which it is not called
     * @param absence of its service, for which its paths wait
     */
    record Handler(
            HttpHandler handler,
            Mount mount,
            List<String> requires,
            @Nullable Absence absence) {

        /** The same while its service is away. */
        Handler away(Absence missed) {
            Mount mounted = new Mount(mount.paths(), mount.methods(), mount.hosts(), false);
            return new Handler(OwnResponses.UNAVAILABLE, mounted, requires, missed);
        }
    }

    /**
     * A filter that is there, or whose place is kept; the first of two is the one that stands nearer to the handler.
     *
     * @param name by which it can be demanded; empty when it has none
     */
    record Filter(
            HttpFilter filter,
            Mount mount,
            Scope scope,
            String name,
            @Nullable Absence absence) {

        Filter(HttpFilter filter, Mount mount, String name) {
            this(filter, mount, new Scope(mount), name, null);
        }

        /** The same while its service is away: nothing passes. */
        Filter away(Absence missed) {
            Mount mounted = new Mount(mount.paths(), mount.methods(), mount.hosts(), false);
            return new Filter(
                    (request, response, _) -> OwnResponses.UNAVAILABLE.handle(request, response),
                    mounted,
                    scope,
                    name,
                    missed);
        }

        boolean isThere() {
            return absence == null;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final List<String> UNLESS_NAMED = List.of("GET");

    private final List<Handler> handlers;
    private final List<Filter> filters;
    private final List<Requirement> requirements;
    private final ErrorPages pages;
    private final RouteTable allHosts;
    private final Map<String, RouteTable> byHost = new HashMap<>();
    private final Route notFound;
    private final Route notImplemented;
    private final Route contentTooLarge;
    private final Route expectationFailed;
    private final Route serverOptions;

    Routing(List<Handler> handlers, List<Filter> filters, List<Requirement> requirements, ErrorPages pages) {
        this.handlers = handlers;
        this.filters = filters;
        this.requirements = requirements;
        this.pages = pages;
        allHosts = table(handlers.stream()
                .filter(handler -> handler.mount().hosts().isEmpty())
                .toList());
        handlers.stream()
                .flatMap(handler -> handler.mount().hosts().stream())
                .distinct()
                .forEach(host -> byHost.put(
                        host,
                        table(handlers.stream()
                                .filter(handler -> handler.mount().hosts().contains(host))
                                .toList())));
        notFound = own(OwnResponses.NOT_FOUND, 404, PathPattern.EVERYTHING);
        notImplemented = own(OwnResponses.NOT_IMPLEMENTED, 501, PathPattern.EVERYTHING);
        contentTooLarge = own(OwnResponses.CONTENT_TOO_LARGE, 413, PathPattern.EVERYTHING);
        expectationFailed = own(OwnResponses.EXPECTATION_FAILED, 417, PathPattern.EVERYTHING);
        serverOptions = own(OwnResponses.SERVER_OPTIONS, 204, PathPattern.EVERYTHING);
    }

    private RouteTable table(List<Handler> handlers) {
        Map<PathPattern, Map<String, Route>> routes = new HashMap<>();
        for (Handler handler : handlers) {
            List<String> methods = handler.mount().methods().isEmpty()
                    ? UNLESS_NAMED
                    : handler.mount().methods();
            for (PathPattern pattern : handler.mount().patterns()) {
                Route route = route(handler, pattern);
                Map<String, Route> place = routes.computeIfAbsent(pattern.withoutNames(), _ -> new HashMap<>());
                methods.forEach(method -> put(place, method, route));
            }
        }
        Map<PathPattern, MethodRoutes> places = new HashMap<>();
        routes.forEach((pattern, byMethod) ->
                places.put(pattern, new MethodRoutes(byMethod, (own, status) -> own(own, status, pattern))));
        return new RouteTable(places);
    }

    /** A handler of all methods comes before those of single ones that answer less, but for the one that it does not take. */
    private static void put(Map<String, Route> place, String method, Route route) {
        if (method.equals(MethodRoutes.ANY)) {
            place.keySet().removeIf(other -> !other.equals(Method.TRACE.name()));
        }
        place.put(method, route);
    }

    private Route route(Handler from, PathPattern pattern) {
        HttpHandler handler = from.mount().blocks()
                ? new OnOwnThread(from.handler(), from.handler().getClass())
                : from.handler();
        Gate gate = Gate.of(from.absence(), filters, List.of(), pattern);
        return new Route(handler, pattern).within(chain(handler, pattern, from.requires()), pages, gate);
    }

    /** What the server answers itself with that status. */
    private Route own(Route route, int status, PathPattern at) {
        Gate gate = Gate.of(null, filters, pages.away(status), at);
        return route.within(chain(route.handler(), at, List.of()), pages, gate);
    }

    private HttpHandler chain(HttpHandler last, PathPattern at, List<String> requires) {
        HttpHandler chain = last;
        for (Filter filter : filters) {
            chain = FilterLink.inFront(filter, at, chain);
        }
        Set<String> always = new HashSet<>(requires);
        List<Requirement> perhaps = new ArrayList<>();
        for (Requirement requirement : requirements) {
            if (requirement.covers(at)) {
                always.add(requirement.filter());
            } else if (!requirement.isNothing(at)) {
                perhaps.add(requirement);
            }
        }
        if (always.isEmpty() && perhaps.isEmpty()) {
            return chain;
        }
        List<Filter> some =
                filters.stream().filter(filter -> !filter.scope().isNothing(at)).toList();
        return new RequiredFilters(
                always,
                perhaps,
                some,
                last,
                chain,
                (request, status, bytes) -> tellRefused(request.remote(), status, bytes));
    }

    /** The demands that are not met, a line each. A filter that is awaited counts as there. */
    List<String> unmet() {
        List<String> lines = new ArrayList<>();
        for (Requirement requirement : requirements) {
            addUnmet(requirement.filter(), requirement.pattern(), "require in pollux.http", lines);
        }
        for (Handler handler : handlers) {
            for (String name : handler.requires()) {
                for (PathPattern pattern : handler.mount().patterns()) {
                    addUnmet(name, pattern, "its handler", lines);
                }
            }
        }
        return lines;
    }

    private void addUnmet(String name, PathPattern at, String by, List<String> lines) {
        List<Filter> named =
                filters.stream().filter(filter -> filter.name().equals(name)).toList();
        boolean met = named.stream()
                .anyMatch(filter -> filter.scope().isAll(at)
                        && (filter.absence() == null || filter.absence().isAwaited()));
        if (!met) {
            boolean missing = named.stream().noneMatch(Filter::isThere);
            lines.add("The filter '" + name + "', which " + by + " demands at " + at + ", "
                    + (missing ? "is not there: requests get 503" : "does not see all of it: requests past it get 503")
                    + ". Start or install its bundle (service property name = " + name
                    + (missing ? ")" : "), or give it the paths, for all methods and hosts"));
        }
    }

    /** Who answers the request whose head is at the buffer's position; the server itself when no handler does. */
    public Route find(HeadLayout head, ByteBuffer in) {
        if (!head.method().isImplemented()) {
            return findForOther(head, in);
        }
        if (!head.hasPath()) {
            return serverOptions;
        }
        MethodRoutes place = place(head, in);
        return place == null ? notFound : place.route(head.method());
    }

    /** Who answers a request that nobody could serve, with that status. */
    public Route refusal(int status) {
        return switch (status) {
            case 413 -> contentTooLarge;
            case 417 -> expectationFailed;
            default -> notImplemented;
        };
    }

    /** Tells the filters that see everything, from the front, of what was refused before there was a request. */
    void tellRefused(SocketAddress remote, int status, long bytes) {
        for (Filter filter : filters.reversed()) {
            if (filter.isThere() && filter.mount().isEverything()) {
                tellRefused(filter.filter(), remote, status, bytes);
            }
        }
    }

    private static void tellRefused(HttpFilter filter, SocketAddress remote, int status, long bytes) {
        try {
            filter.onRefused(remote, status, bytes);
        } catch (RuntimeException | Error fault) {
            LOG.error("The filter {} failed in onRefused", filter.getClass().getName(), fault);
        }
    }

    /** A method that nobody here knows is not implemented, whatever its target is. */
    private Route findForOther(HeadLayout head, ByteBuffer in) {
        if (head.method() == Method.CONNECT || !head.hasPath()) {
            return notImplemented;
        }
        MethodRoutes place = place(head, in);
        Route route = place == null ? null : place.route(head.methodName(in));
        return route == null ? notImplemented : route;
    }

    private @Nullable MethodRoutes place(HeadLayout head, ByteBuffer in) {
        if (!byHost.isEmpty()) {
            RouteTable ofHost = byHost.get(HostName.of(head, in));
            MethodRoutes place = ofHost == null ? null : place(ofHost, head, in);
            if (place != null) {
                return place;
            }
        }
        return place(allHosts, head, in);
    }

    private static @Nullable MethodRoutes place(RouteTable table, HeadLayout head, ByteBuffer in) {
        int from = in.position() + head.pathStart();
        int to = in.position() + head.pathEnd();
        return head.isPlainPath()
                ? table.find(in, from, to)
                : table.find(Target.path(in, from, to).orElseThrow());
    }

    /** The error pages of this moment. */
    ErrorPages pages() {
        return pages;
    }
}
