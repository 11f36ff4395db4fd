package org.pollux.http.server.wires;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.exchange.ExchangeLoop;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.h1.Http1Connection;
import org.pollux.http.server.h1.Http1Loop;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.LimitReport;

/**
 * Opens each connection with the wire that its client speaks, over any number of reactors. From any thread.
 *
 * <p>That is HTTP/1.1 today. Another wire is chosen in {@link #open}, and nowhere else: by the protocol that the TLS
 * handshake has selected (ALPN), or by the first octets, which are {@code PRI * HTTP/2.0} for HTTP/2 with prior knowledge
 * (RFC 9113, section 3.3). Until then {@code h1} refuses that line as it refuses every version that it does not speak.
 */
public final class WireChooser implements Protocol, LimitReport {

    private final RouteRegistry routes;
    private final HttpSettings settings;
    private final Time time;
    private final LimitCounts counts;

    /** By reactor. No value refers to its reactor, so the entry of an unused reactor is removed. */
    private final Map<Reactor, Http1Loop> loops = Collections.synchronizedMap(new WeakHashMap<>());

    public WireChooser(RouteRegistry routes, HttpSettings settings) {
        this(routes, settings, Time.SYSTEM, new LimitCounts(BlockingCalls::refused));
    }

    public WireChooser(RouteRegistry routes, HttpSettings settings, Time time, LimitCounts counts) {
        this.routes = routes;
        this.settings = settings;
        this.time = time;
        this.counts = counts;
    }

    /** The one place where a wire is chosen. */
    @Override
    public ConnectionHandler open(Connection connection) {
        Http1Loop loop = loops.computeIfAbsent(
                connection.reactor(), _ -> new Http1Loop(new ExchangeLoop(settings, time, counts), routes));
        return new Http1Connection(connection, loop);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return counts.limitsMet();
    }
}
