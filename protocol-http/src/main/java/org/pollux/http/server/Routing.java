package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.wire.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers and filters of one moment, immutable. A request sees one of these. */
final class Routing {

    /** A handler that is there; the first of two at one place is the one that answers less. */
    record Handler(HttpHandler handler, Mount mount, AtomicBoolean answersLater) {}

    /** A filter that is there; the first of two is the one that stands nearer to the handler. */
    record Filter(HttpFilter filter, Mount mount) {}

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final List<String> UNLESS_NAMED = List.of("GET");

    private final List<Filter> filters;
    private final RouteTable allHosts;
    private final Map<String, RouteTable> byHost = new HashMap<>();
    private final Route notFound;
    private final Route notImplemented;
    private final Route contentTooLarge;
    private final Route expectationFailed;
    private final Route serverOptions;

    Routing(List<Handler> handlers, List<Filter> filters) {
        this.filters = filters;
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
        notFound = filtered(OwnAnswers.NOT_FOUND, PathPattern.EVERYTHING);
        notImplemented = filtered(OwnAnswers.NOT_IMPLEMENTED, PathPattern.EVERYTHING);
        contentTooLarge = filtered(OwnAnswers.CONTENT_TOO_LARGE, PathPattern.EVERYTHING);
        expectationFailed = filtered(OwnAnswers.EXPECTATION_FAILED, PathPattern.EVERYTHING);
        serverOptions = filtered(OwnAnswers.SERVER_OPTIONS, PathPattern.EVERYTHING);
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
        Map<PathPattern, Place> places = new HashMap<>();
        routes.forEach((pattern, byMethod) -> places.put(pattern, new Place(byMethod, own -> filtered(own, pattern))));
        return new RouteTable(places);
    }

    /** A handler of all methods comes before those of single ones that answer less, but for the one that it does not take. */
    private static void put(Map<String, Route> place, String method, Route route) {
        if (method.equals(Place.ANY)) {
            place.keySet().removeIf(other -> !other.equals(Method.TRACE.name()));
        }
        place.put(method, route);
    }

    private Route route(Handler from, PathPattern pattern) {
        HttpHandler handler = from.mount().blocks() ? new OnVirtualThread(from.handler()) : from.handler();
        return filtered(new Route(handler, pattern, from.answersLater()), pattern);
    }

    private Route filtered(Route route, PathPattern at) {
        if (filters.isEmpty()) {
            return route;
        }
        HttpHandler chain = route.handler();
        for (Filter filter : filters) {
            chain = FilterLink.inFront(filter.filter(), filter.mount(), at, chain);
        }
        return route.behind(chain);
    }

    /** Who answers the request whose head is at the buffer's position; the server itself when no handler does. */
    Route find(HeadParser head, ByteBuffer in) {
        if (!head.method().isImplemented()) {
            return findForOther(head, in);
        }
        if (!head.hasPath()) {
            return serverOptions;
        }
        Place place = place(head, in);
        return place == null ? notFound : place.route(head.method());
    }

    /** Who answers a request that nobody could serve, with that status. */
    Route refusal(int status) {
        return switch (status) {
            case 413 -> contentTooLarge;
            case 417 -> expectationFailed;
            default -> notImplemented;
        };
    }

    /** Tells the filters that see everything, from the front, of what was refused before there was a request. */
    void tellRefused(SocketAddress remote, int status, long bytes) {
        for (Filter filter : filters.reversed()) {
            if (filter.mount().isEverything()) {
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
    private Route findForOther(HeadParser head, ByteBuffer in) {
        if (head.method() == Method.CONNECT || !head.hasPath()) {
            return notImplemented;
        }
        Place place = place(head, in);
        int methodEnd = in.position() + head.targetStart() - 1;
        Route route = place == null ? null : place.route(Octets.string(in, in.position(), methodEnd));
        return route == null ? notImplemented : route;
    }

    private @Nullable Place place(HeadParser head, ByteBuffer in) {
        if (!byHost.isEmpty()) {
            RouteTable ofHost = byHost.get(HostName.of(head, in));
            Place place = ofHost == null ? null : place(ofHost, head, in);
            if (place != null) {
                return place;
            }
        }
        return place(allHosts, head, in);
    }

    private static @Nullable Place place(RouteTable table, HeadParser head, ByteBuffer in) {
        int from = in.position() + head.pathStart();
        int to = in.position() + head.pathEnd();
        return head.isPlainPath()
                ? table.find(in, from, to)
                : table.find(Target.path(in, from, to).orElseThrow());
    }
}
