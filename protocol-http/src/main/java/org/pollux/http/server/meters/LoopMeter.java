package org.pollux.http.server.meters;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.Counts;

/** The requests of one loop: counted by its thread, read by any. */
public final class LoopMeter {

    private static final int BEGUN_1 = 0;
    private static final int BEGUN_2 = 1;
    private static final int ENDED = 2;

    private static final int OPEN = 0;
    private static final int TOTAL = 1;

    private final Counts counts = new Counts(3);

    /** By the number of the route; null where there was no request yet. It is replaced when it grows. */
    private volatile @Nullable RouteMeter[] routes = new RouteMeter[8];

    /** Open connections and all, by the protocol that a handler has accepted. */
    private final Map<String, Counts> upgrades = new ConcurrentHashMap<>();

    /** Without a request yet. */
    public LoopMeter() {}

    /** A request has come. */
    public void begun(boolean http2) {
        counts.add(http2 ? BEGUN_2 : BEGUN_1, 1);
    }

    /**
     * Its response was handed over as a whole.
     *
     * @param nanos since the request's head was read
     */
    public void completed(int route, int status, long nanos) {
        counts.add(ENDED, 1);
        meter(route).completed(status, nanos);
    }

    /** Its response will not come to its end. */
    public void lost(int route) {
        counts.add(ENDED, 1);
        meter(route).lost();
    }

    /** A request has become a connection of another protocol. As a request it is completed. */
    public void upgraded(String protocol, int route, int status, long nanos) {
        completed(route, status, nanos);
        Counts its = upgrades.computeIfAbsent(protocol, _ -> new Counts(2));
        its.add(OPEN, 1);
        its.add(TOTAL, 1);
    }

    /** A connection of another protocol has ended. */
    public void upgradeEnded(String protocol) {
        Counts its = upgrades.get(protocol);
        if (its != null) {
            its.add(OPEN, -1);
        }
    }

    /** Something was refused before it became a request. */
    public void refused(int status) {
        meter(RequestMeters.SERVER).refused(status);
    }

    private RouteMeter meter(int route) {
        @Nullable RouteMeter[] present = routes;
        RouteMeter meter = route < present.length ? present[route] : null;
        return meter != null ? meter : add(route);
    }

    private RouteMeter add(int route) {
        @Nullable RouteMeter[] grown = Arrays.copyOf(routes, Math.max(routes.length, Integer.highestOneBit(route) * 2));
        RouteMeter made = new RouteMeter();
        grown[route] = made;
        routes = grown;
        return made;
    }

    // ---- from any thread

    @Nullable
    RouteMeter find(int route) {
        @Nullable RouteMeter[] present = routes;
        return route < present.length ? present[route] : null;
    }

    long inFlight() {
        long ended = counts.get(ENDED); // first, so that no request seems to end before it begins
        return Math.max(0, counts.get(BEGUN_1) + counts.get(BEGUN_2) - ended);
    }

    /** For each protocol. */
    void upgrades(UpgradeReader reader) {
        upgrades.forEach((protocol, its) -> reader.read(protocol, its.get(OPEN), its.get(TOTAL)));
    }

    /** Adds up the loops. */
    interface UpgradeReader {
        void read(String protocol, long open, long total);
    }

    Map<String, Long> wires() {
        return new TreeMap<>(Map.of("h1", counts.get(BEGUN_1), "h2", counts.get(BEGUN_2)));
    }
}
