package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pollux.http.HttpHandler;

/**
 * The handlers that are there, by path. They come and go while requests run: each change makes a new table, and a request
 * sees one table. From any thread.
 */
public final class Routes {

    /** Somebody's handler on its paths, until it is closed. */
    public final class Registration implements AutoCloseable {

        private final Route route;
        private final List<String> paths;
        private final Precedence precedence;

        private Registration(HttpHandler handler, List<String> paths, Precedence precedence) {
            this.route = new Route(handler);
            this.paths = paths;
            this.precedence = precedence;
        }

        private Precedence precedence() {
            return precedence;
        }

        /** Takes the handler away. Requests that it has are answered; nothing here knows it any more. */
        @Override
        public void close() {
            remove(this);
        }
    }

    /**
     * Who answers among several of one path: the higher ranking, and among equals the one that came first.
     *
     * @param ranking as {@code service.ranking}
     * @param order of coming, as {@code service.id}
     */
    record Precedence(int ranking, long order) implements Comparable<Precedence> {

        /** The one that answers comes last. */
        @Override
        public int compareTo(Precedence other) {
            return ranking != other.ranking
                    ? Integer.compare(ranking, other.ranking)
                    : Long.compare(other.order, order);
        }
    }

    private final List<Registration> registrations = new ArrayList<>();
    private long added;
    private volatile RouteTable table = new RouteTable(Map.of());

    /**
     * Adds a handler.
     *
     * @param paths as {@link org.pollux.http.Path} describes them
     * @throws IllegalArgumentException when a path is not so, with the remedy
     */
    public synchronized Registration add(HttpHandler handler, String... paths) {
        return add(handler, List.of(paths), new Precedence(0, added++));
    }

    synchronized Registration add(HttpHandler handler, List<String> paths, Precedence precedence) {
        paths.forEach(PathSyntax::require);
        Registration registration = new Registration(handler, List.copyOf(paths), precedence);
        registrations.add(registration);
        rebuild();
        return registration;
    }

    private synchronized void remove(Registration registration) {
        registrations.remove(registration);
        rebuild();
    }

    private void rebuild() {
        registrations.sort(Comparator.comparing(Registration::precedence));
        Map<String, Route> byPath = new HashMap<>();
        for (Registration registration : registrations) {
            registration.paths.forEach(path -> byPath.put(path, registration.route));
        }
        table = new RouteTable(byPath);
    }

    /** Who answers the request whose head is at the buffer's position; the server itself when no handler does. */
    Route find(HeadParser head, ByteBuffer in) {
        if (!head.method().isImplemented()) {
            return OwnAnswers.NOT_IMPLEMENTED;
        }
        int target = in.position() + head.targetStart();
        int targetEnd = in.position() + head.targetEnd();
        if (Target.isAsterisk(in, target, targetEnd)) {
            return OwnAnswers.NOT_ALLOWED;
        }
        int from = Target.pathStart(in, target, targetEnd);
        int to = Target.pathEnd(in, from, targetEnd);
        Route route = Target.isPlain(in, from, to)
                ? table.find(in, from, to)
                : table.find(Target.path(in, from, to).orElseThrow());
        if (route == null) {
            return OwnAnswers.NOT_FOUND;
        }
        return head.method().isServed() ? route : OwnAnswers.NOT_ALLOWED;
    }
}
