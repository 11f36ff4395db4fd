package org.pollux.http.server.meters;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.RouteStatus;
import org.pollux.reactor.admin.UpgradeStatus;

/**
 * The meters of a server: one for each loop, and in it one for each route. A route has a number, which it keeps when its handler is
 * replaced. From any thread.
 */
public final class RequestMeters {

    /** The number of the responses of the server itself. */
    public static final int SERVER = 0;

    /** The number of all routes beyond the limit. */
    private static final int OTHER = 1;

    /** How many routes have a number of their own. Handlers name them, and a bundle may name new ones again and again. */
    static final int MOST = 1_000;

    /** The names of the routes, by their numbers. */
    private final List<String> names = new ArrayList<>(List.of("(server)", "(other)"));

    private final Map<String, Integer> numbers = new HashMap<>();

    /** By reactor. No value refers to its reactor, so the entry of an unused reactor is removed. */
    private final Map<Reactor, LoopMeter> loops = Collections.synchronizedMap(new WeakHashMap<>());

    private record Requests(
            String name, long inFlight, Map<String, Long> wires, List<UpgradeStatus> upgrades, List<RouteStatus> routes)
            implements RequestStatus {}

    private record Upgrade(String protocol, long open, long total) implements UpgradeStatus {

        Upgrade plus(Upgrade other) {
            return new Upgrade(protocol, open + other.open, total + other.total);
        }
    }

    private record Route(String route, Map<String, Long> responses, Distribution latency) implements RouteStatus {}

    /** The number of a route. */
    public synchronized int number(String route) {
        Integer known = numbers.get(route);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= MOST) {
            return OTHER;
        }
        names.add(route);
        numbers.put(route, names.size() - 1);
        return names.size() - 1;
    }

    /** The meter of a loop. It stays the same when the configuration changes. */
    public LoopMeter on(Reactor reactor) {
        return loops.computeIfAbsent(reactor, _ -> new LoopMeter());
    }

    /**
     * What was counted so far, of the routes that were used.
     *
     * @param server the name of the service
     */
    public RequestStatus read(String server) {
        List<LoopMeter> all = all();
        Map<String, Long> wires = new TreeMap<>();
        all.forEach(loop -> loop.wires().forEach((wire, count) -> wires.merge(wire, count, Long::sum)));
        Map<String, Upgrade> upgrades = new TreeMap<>();
        all.forEach(loop -> loop.upgrades((protocol, open, total) ->
                upgrades.merge(protocol, new Upgrade(protocol, open, total), Upgrade::plus)));
        return new Requests(
                server,
                all.stream().mapToLong(LoopMeter::inFlight).sum(),
                wires,
                List.copyOf(upgrades.values()),
                routes(all));
    }

    private List<LoopMeter> all() {
        synchronized (loops) { // as the map asks for
            return List.copyOf(loops.values());
        }
    }

    private List<RouteStatus> routes(List<LoopMeter> all) {
        List<RouteStatus> routes = new ArrayList<>();
        List<String> known = names();
        for (int number = 0; number < known.size(); number++) {
            Map<String, Long> responses = new TreeMap<>();
            Distribution latency = Distribution.EMPTY;
            for (LoopMeter loop : all) {
                RouteMeter meter = loop.find(number);
                if (meter != null) {
                    meter.responses().forEach((of, count) -> responses.merge(of, count, Long::sum));
                    latency = latency.plus(meter.latency());
                }
            }
            if (!responses.isEmpty()) {
                routes.add(new Route(known.get(number), responses, latency));
            }
        }
        routes.sort(Comparator.comparing(RouteStatus::route));
        return routes;
    }

    private synchronized List<String> names() {
        return List.copyOf(names);
    }
}
