package org.pollux.http.server.routing;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.Departure;
import org.pollux.http.server.meters.RequestMeters;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.PathPattern;

/**
 * The handlers, filters and error pages of a server, by path. They can be added and removed while requests run. Each change
 * makes a new table, and a request sees one table. From any thread.
 *
 * <p>A place can be kept for a service that is briefly absent. Its requests wait unread, see {@link Absence}.
 */
public final class RouteRegistry {

    /** A handler, filter, error page or demand at its paths, until this is closed. */
    public final class Registration implements AutoCloseable {

        private final Runnable removal;
        private final Consumer<Absence> suspension;

        private Registration(Runnable removal, Consumer<Absence> suspension) {
            this.removal = removal;
            this.suspension = suspension;
        }

        /** The departure comes when the service is removed or dropped, after the change has taken effect. */
        private Registration telling(Departure departure) {
            return new Registration(
                    () -> {
                        removal.run();
                        departed.add(departure);
                    },
                    absence -> {
                        suspension.accept(absence);
                        departed.add(departure);
                    });
        }

        /**
         * Removes it. Requests that it has already received are served to their end. The registry keeps no reference to it.
         */
        @Override
        public void close() {
            together(removal);
        }

        /** Drops the service, and keeps its place until this is closed. */
        public void suspend(Absence absence) {
            together(() -> suspension.accept(absence));
        }
    }

    /** A value with the precedence that sorts its list. It equals only itself. */
    private static final class Ranked<T> {

        private T value;
        private final Precedence precedence;

        Ranked(T value, Precedence precedence) {
            this.value = value;
            this.precedence = precedence;
        }

        T value() {
            return value;
        }

        Precedence precedence() {
            return precedence;
        }
    }

    /** The result of asking to wait. */
    public enum Wait {
        /** The request waits. It is called when the table changes. */
        WAITS,
        /** The table has already changed. */
        CHANGED,
        /** Too many requests wait. */
        FULL
    }

    private final List<Ranked<MountedHandler>> handlers = new ArrayList<>();
    private final List<Ranked<MountedFilter>> filters = new ArrayList<>();
    private final List<Ranked<ErrorPages.Page>> errorPages = new ArrayList<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private final Set<Departure> departed = new LinkedHashSet<>();
    private final AtomicLong tooMany = new AtomicLong();
    private long added;

    /** The depth of nested changes that take effect in one step. */
    private int depth;

    private volatile HandOver handOver = HandOver.defaults();
    private final RequestMeters meters = new RequestMeters();
    private volatile Routing routing = new Routing(List.of(), List.of(), List.of(), ErrorPages.NONE, meters);
    private volatile List<String> faults = List.of();

    /**
     * Adds a handler for GET and HEAD.
     *
     * @param paths as {@link org.pollux.http.Path} describes them
     * @throws IllegalArgumentException when a path is not valid, with the remedy
     */
    public synchronized Registration add(HttpHandler handler, String... paths) {
        return add(handler, Mount.at(paths));
    }

    /** Adds a handler. */
    public synchronized Registration add(HttpHandler handler, Mount mount) {
        return add(handler, mount, List.of(), new Precedence(0, added++));
    }

    /** Adds a filter behind the existing ones. */
    public synchronized Registration add(HttpFilter filter, Mount mount) {
        return add("", filter, mount);
    }

    /** Adds a filter that can be demanded by its name, behind the existing ones. */
    public synchronized Registration add(String name, HttpFilter filter, Mount mount) {
        return add(filter, mount, name, new Precedence(0, added++));
    }

    /**
     * Adds an error page behind the existing ones.
     *
     * @param mount an empty list of paths means all paths; methods and blocking are ignored
     * @param statuses 400 to 599; an empty list means all
     */
    public synchronized Registration addErrorPage(ErrorPage page, Mount mount, int... statuses) {
        Set<Integer> set = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
        return addErrorPage(new ErrorPages.Page(page, mount, set), new Precedence(0, added++));
    }

    /**
     * Demands a filter: requests for these paths that have not passed a filter of that name get 503.
     *
     * @param paths as {@link org.pollux.http.Path} describes them; empty segments in a request's path do not avoid the
     *     demand
     */
    public Registration require(String filter, String... paths) {
        List<Requirement> demanded = new ArrayList<>();
        for (String path : paths) {
            demanded.add(new Requirement(filter, PathPattern.of(path)));
        }
        return require(demanded);
    }

    public Registration require(List<Requirement> demanded) {
        together(() -> requirements.addAll(demanded));
        return new Registration(() -> demanded.forEach(requirements::remove), _ -> {});
    }

    /** Makes several changes in one step: a request sees all of them or none. */
    public synchronized void together(Runnable changes) {
        depth++;
        try {
            changes.run();
        } finally {
            depth--;
            if (depth == 0) {
                rebuild();
            }
        }
    }

    public synchronized Registration add(HttpHandler handler, Mount mount, Precedence precedence) {
        return add(handler, mount, List.of(), precedence);
    }

    public synchronized Registration add(HttpFilter filter, Mount mount, Precedence precedence) {
        return add(filter, mount, "", precedence);
    }

    public synchronized Registration add(
            HttpHandler handler, Mount mount, List<String> requires, Precedence precedence) {
        MountedHandler added = new MountedHandler(handler, mount, requires);
        Registration registration = add(handlers, added, MountedHandler::away, precedence);
        return registration.telling(added.departure());
    }

    public synchronized Registration add(HttpFilter filter, Mount mount, String name, Precedence precedence) {
        return add(filters, new MountedFilter(filter, mount, name), MountedFilter::away, precedence);
    }

    public synchronized Registration addErrorPage(ErrorPages.Page page, Precedence precedence) {
        return add(errorPages, page, ErrorPages.Page::away, precedence);
    }

    private <T> Registration add(List<Ranked<T>> all, T value, BiFunction<T, Absence, T> away, Precedence precedence) {
        Ranked<T> ranked = new Ranked<>(value, precedence);
        together(() -> {
            all.add(ranked);
            all.sort(Comparator.comparing(Ranked::precedence));
        });
        return new Registration(() -> all.remove(ranked), absence -> ranked.value = away.apply(ranked.value, absence));
    }

    private void rebuild() {
        routing = new Routing(
                values(handlers),
                values(filters),
                List.copyOf(requirements),
                new ErrorPages(values(errorPages)),
                meters);
        faults = routing.unmet();
        List<Runnable> released = List.copyOf(waiting);
        waiting.clear();
        released.forEach(Runnable::run);
        departed.forEach(Departure::come);
        departed.clear();
    }

    private static <T> List<T> values(List<Ranked<T>> ranked) {
        return ranked.stream().map(Ranked::value).toList();
    }

    // ---- waiting requests

    /** The limits of waiting: how long and how many requests wait. */
    public HandOver handOver() {
        return handOver;
    }

    public void handOver(HandOver changed) {
        handOver = changed;
    }

    /** Lets all waiting requests check again, because a service is no longer awaited. */
    public void release() {
        together(() -> {});
    }

    /**
     * Lets a request wait for another table.
     *
     * @param seen the table in which it has found a service absent
     * @param again run once, on any thread
     */
    public synchronized Wait await(Routing seen, Runnable again) {
        if (seen != routing) {
            return Wait.CHANGED;
        }
        if (waiting.size() >= handOver.requests()) {
            tooMany.incrementAndGet();
            return Wait.FULL;
        }
        waiting.add(again);
        return Wait.WAITS;
    }

    /** Stops the waiting of a request whose client has disconnected. */
    public synchronized void forget(Runnable again) {
        waiting.remove(again);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** The number of requests that could not wait because too many did. */
    public long tooMany() {
        return tooMany.get();
    }

    /** The demands for filters that are not met now, one line each. */
    public List<String> faults() {
        return faults;
    }

    /**
     * The names of the filters that some request for a path may pass, the first one is the first to see it.
     *
     * @param path as {@link org.pollux.http.Path} describes it
     */
    public List<String> filters(String path) {
        return routing.filters(PathPattern.of(path));
    }

    /** The meters of the requests, which know the routes by their numbers. */
    public RequestMeters meters() {
        return meters;
    }

    // ---- lookups by requests

    /** The current table. */
    public Routing current() {
        return routing;
    }

    /**
     * The route of the request whose head is at the buffer's position; a response of the server itself when no handler
     * matches.
     */
    Route find(HeadLayout head, ByteBuffer in) {
        return routing.find(head, in);
    }

    /** Called on the connection's loop: input was refused before it became a request. */
    public void tellRefused(SocketAddress remote, int status, long bytes) {
        routing.tellRefused(remote, status, bytes);
    }

    /** The body of an error response to input that did not become a request; from any thread. */
    public ErrorBody errorBody(int status) {
        return routing.pages().body(status, null);
    }
}
