package org.pollux.http.server.wires;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.exchange.ExchangeLoop;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.h1.Http1Connection;
import org.pollux.http.server.h1.Http1Loop;
import org.pollux.http.server.h1.OtherVersion;
import org.pollux.http.server.h2.Http2Connection;
import org.pollux.http.server.h2.Http2Loop;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.meters.LoopMeter;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.wire.Octets;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.tls.TlsInfo;

/**
 * Opens each connection with the wire that its client speaks, over any number of reactors. From any thread.
 *
 * <p>HTTP/2 is chosen by the protocol that the TLS handshake has selected (ALPN), or by the first octets, which are {@code
 * PRI * HTTP/2.0} for a client that knows beforehand (RFC 9113, section 3.3). Those are read by {@code h1}, in whose form
 * they are, so that a connection of HTTP/1.1 costs nothing more. Everything else is HTTP/1.1.
 */
public final class WireChooser implements Protocol, LimitReport {

    /** The beginning of the preface of HTTP/2, as far as HTTP/1.1 reads it. */
    private static final String HTTP_2 = "PRI * HTTP/2";

    private final RouteRegistry routes;
    private final HttpSettings settings;
    private final Time time;
    private final LimitCounts counts;

    /** By reactor. No value refers to its reactor, so the entry of an unused reactor is removed. */
    private final Map<Reactor, Loops> loops = Collections.synchronizedMap(new WeakHashMap<>());

    /** What the connections of a reactor share, by their wire. */
    private record Loops(Http1Loop h1, Http2Loop h2, OtherVersion preface) {}

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
        Loops shared = loops.computeIfAbsent(connection.reactor(), _ -> loops(connection.reactor()));
        String alpn = connection.tls().map(TlsInfo::alpn).orElse("");
        return alpn.equals("h2")
                ? new Http2Connection(connection, shared.h2)
                : new Http1Connection(connection, shared.h1, shared.preface);
    }

    private Loops loops(Reactor reactor) {
        LoopMeter meter = routes.meters().on(reactor);
        ExchangeLoop exchanges = new ExchangeLoop(settings, time, counts, meter);
        Http2Loop h2 = new Http2Loop(exchanges, routes);
        return new Loops(new Http1Loop(exchanges, routes), h2, (connection, in, ending) -> {
            boolean known = Octets.startsWith(in, HTTP_2);
            if (known) {
                Http2Connection next = new Http2Connection(connection, h2);
                connection.handler(next);
                if (ending) {
                    reactor.execute(() -> next.onShutdown(connection));
                }
            }
            return known;
        });
    }

    @Override
    public Map<String, Long> limitsMet() {
        return counts.limitsMet();
    }
}
