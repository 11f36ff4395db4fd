package org.pollux.http.server.wires;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.h1.Http1Connection;
import org.pollux.http.server.h1.Http1Loop;
import org.pollux.http.server.limits.AddressLimit;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.LimitReport;

/**
 * HTTP/1.1 over the connections of any number of reactors (RFC 9110, RFC 9112).
 *
 * <pre>
 *   RouteRegistry routes = new RouteRegistry();
 *   routes.add((request, response) -&gt; response.send("Hello!"), "/hello");
 *   reactor.listen(address, new WireChooser(routes, HttpSettings.defaults()));
 * </pre>
 */
public final class WireChooser implements Protocol, LimitReport {

    private final RouteRegistry routes;
    private final HttpSettings settings;
    private final Time time;
    private final AddressLimit addresses;
    private final LimitCounts counts;

    /** By reactor, which no value holds: a reactor that is gone leaves nothing here. */
    private final Map<Reactor, Http1Loop> loops = Collections.synchronizedMap(new WeakHashMap<>());

    public WireChooser(RouteRegistry routes, HttpSettings settings) {
        this(routes, settings, Time.SYSTEM, new LimitCounts());
    }

    public WireChooser(RouteRegistry routes, HttpSettings settings, Time time, LimitCounts counts) {
        this.routes = routes;
        this.settings = settings;
        this.time = time;
        this.counts = counts;
        this.addresses = new AddressLimit(settings.connection().perAddress());
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        Http1Loop loop = loops.computeIfAbsent(
                connection.reactor(), _ -> new Http1Loop(settings, routes, time, addresses, counts));
        return new Http1Connection(connection, loop);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return counts.limitsMet();
    }
}
