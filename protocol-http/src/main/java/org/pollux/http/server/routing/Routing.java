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
import org.pollux.http.server.meters.RequestMeters;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An immutable table of the handlers, filters and error pages of one moment. A request sees one table. */
public final class Routing {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final List<String> UNLESS_NAMED = List.of("GET");

    private final List<MountedHandler> handlers;
    private final List<MountedFilter> filters;
    private final List<Requirement> requirements;
    private final ErrorPages pages;
    private final RequestMeters meters;
    private final RouteTable allHosts;
    private final Map<String, RouteTable> byHost = new HashMap<>();
    private final Route notFound;
    private final Route notImplemented;
    private final Route contentTooLarge;
    private final Route expectationFailed;
    private final Route misdirected;
    private final Route serverOptions;

    Routing(
            List<MountedHandler> handlers,
            List<MountedFilter> filters,
            List<Requirement> requirements,
            ErrorPages pages,
            RequestMeters meters) {
        this.meters = meters;
        this.handlers = handlers;
        this.filters = filters;
        this.requirements = requirements;
        this.pages = pages;
        allHosts = table(
                "",
                handlers.stream()
                        .filter(handler -> handler.mount().hosts().isEmpty())
                        .toList());
        handlers.stream()
                .flatMap(handler -> handler.mount().hosts().stream())
                .distinct()
                .forEach(host -> byHost.put(
                        host,
                        table(
                                host,
                                handlers.stream()
                                        .filter(handler ->
                                                handler.mount().hosts().contains(host))
                                        .toList())));
        notFound = own(OwnResponses.error(404), 404, PathPattern.EVERYTHING);
        notImplemented = own(OwnResponses.error(501), 501, PathPattern.EVERYTHING);
        contentTooLarge = own(OwnResponses.error(413), 413, PathPattern.EVERYTHING);
        expectationFailed = own(OwnResponses.error(417), 417, PathPattern.EVERYTHING);
        misdirected = own(OwnResponses.error(421), 421, PathPattern.EVERYTHING);
        serverOptions = own(OwnResponses.SERVER_OPTIONS, 204, PathPattern.EVERYTHING);
    }

    private RouteTable table(String host, List<MountedHandler> handlers) {
        Map<PathPattern, Map<String, Route>> routes = new HashMap<>();
        for (MountedHandler handler : handlers) {
            List<String> methods = handler.mount().methods().isEmpty()
                    ? UNLESS_NAMED
                    : handler.mount().methods();
            for (PathPattern pattern : PathPattern.ofAll(handler.mount().paths())) {
                Route route = route(handler, host, pattern);
                Map<String, Route> byMethod = routes.computeIfAbsent(pattern.withoutNames(), _ -> new HashMap<>());
                methods.forEach(method -> put(byMethod, method, route));
            }
        }
        Map<PathPattern, MethodRoutes> byPattern = new HashMap<>();
        routes.forEach((pattern, methods) ->
                byPattern.put(pattern, new MethodRoutes(methods, (own, status) -> own(own, status, pattern))));
        return new RouteTable(byPattern);
    }

    /**
     * Adds a route. A handler of all methods replaces the routes of single methods that yield to it, except for a method
     * that it does not take.
     */
    private static void put(Map<String, Route> byMethod, String method, Route route) {
        if (method.equals(MethodRoutes.ANY)) {
            byMethod.keySet().removeIf(other -> !other.equals(Method.TRACE.name()));
        }
        byMethod.put(method, route);
    }

    private Route route(MountedHandler from, String host, PathPattern pattern) {
        HttpHandler handler = from.mount().blocks()
                ? new OnOwnThread(from.handler(), from.handler().getClass())
                : from.handler();
        Gate gate = Gate.of(from.absence(), filters, List.of(), pattern);
        int meter = meters.number(host + pattern);
        return new Route(chain(handler, pattern, from.requires()), pattern, pages, from.departure(), gate, meter);
    }

    /** A response of the server itself, with that status. */
    private Route own(HttpHandler handler, int status, PathPattern at) {
        Gate gate = Gate.of(null, filters, pages.away(status), at);
        return new Route(
                chain(handler, at, List.of()), PathPattern.EVERYTHING, pages, null, gate, RequestMeters.SERVER);
    }

    private HttpHandler chain(HttpHandler last, PathPattern at, List<String> requires) {
        HttpHandler chain = last;
        for (MountedFilter filter : filters) {
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
        List<MountedFilter> some =
                filters.stream().filter(filter -> !filter.scope().isNothing(at)).toList();
        return new RequiredFilters(
                always,
                perhaps,
                some,
                last,
                chain,
                (request, status, bytes) -> tellRefused(request.remote(), status, bytes));
    }

    /** The names of the filters that some request for a path may pass, the first one is the first to see it. */
    List<String> filters(PathPattern at) {
        return filters.reversed().stream()
                .filter(filter -> filter.scope().overlaps(at))
                .map(MountedFilter::shownName)
                .toList();
    }

    /** The demands that are not met, one line each. */
    List<String> unmet() {
        return new UnmetDemands(handlers, filters, requirements).lines();
    }

    /**
     * The route of the request whose head is at the buffer's position; a response of the server itself when no handler
     * matches.
     */
    public Route find(HeadLayout head, ByteBuffer in) {
        if (!head.method().isImplemented()) {
            return findForOther(head, in);
        }
        if (!head.hasPath()) {
            return serverOptions;
        }
        MethodRoutes found = atPath(head, in);
        return found == null ? notFound : found.route(head.method());
    }

    /** The route that refuses, with that status, a request that cannot be served. */
    public Route refusal(int status) {
        return switch (status) {
            case 413 -> contentTooLarge;
            case 417 -> expectationFailed;
            case 421 -> misdirected;
            default -> notImplemented;
        };
    }

    /** Reports input that was refused before it became a request to the filters that see everything, from the front. */
    void tellRefused(SocketAddress remote, int status, long bytes) {
        for (MountedFilter filter : filters.reversed()) {
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

    /** The route of another method. A method that no handler knows gets 501 for every target. */
    private Route findForOther(HeadLayout head, ByteBuffer in) {
        if (head.method() == Method.CONNECT || !head.hasPath()) {
            return notImplemented;
        }
        MethodRoutes found = atPath(head, in);
        Route route = found == null ? null : found.route(head.methodName(in));
        return route == null ? notImplemented : route;
    }

    private @Nullable MethodRoutes atPath(HeadLayout head, ByteBuffer in) {
        if (!byHost.isEmpty()) {
            RouteTable ofHost = byHost.get(HostName.of(head, in));
            MethodRoutes found = ofHost == null ? null : atPath(ofHost, head, in);
            if (found != null) {
                return found;
            }
        }
        return atPath(allHosts, head, in);
    }

    private static @Nullable MethodRoutes atPath(RouteTable table, HeadLayout head, ByteBuffer in) {
        int from = in.position() + head.pathStart();
        int to = in.position() + head.pathEnd();
        return head.isPlainPath()
                ? table.find(in, from, to)
                : table.find(Target.path(in, from, to).orElseThrow());
    }

    /** The error pages of this table. */
    ErrorPages pages() {
        return pages;
    }
}
