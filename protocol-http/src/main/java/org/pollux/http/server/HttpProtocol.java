package org.pollux.http.server;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.LimitReport;

/**
 * HTTP/1.1 over the connections of any number of reactors (RFC 9110, RFC 9112).
 *
 * <pre>
 *   Routes routes = new Routes();
 *   routes.add((request, response) -&gt; response.send("Hello!"), "/hello");
 *   reactor.listen(address, new HttpProtocol(routes, HttpSettings.defaults()));
 * </pre>
 */
public final class HttpProtocol implements Protocol, LimitReport {

    private final Routes routes;
    private final HttpSettings settings;
    private final Time time;
    private final AddressLimit addresses;
    private final LimitCounts counts;

    /** By reactor, which no value holds: a reactor that is gone leaves nothing here. */
    private final Map<Reactor, HttpLoop> loops = Collections.synchronizedMap(new WeakHashMap<>());

    public HttpProtocol(Routes routes, HttpSettings settings) {
        this(routes, settings, Time.SYSTEM, new LimitCounts());
    }

    HttpProtocol(Routes routes, HttpSettings settings, Time time, LimitCounts counts) {
        this.routes = routes;
        this.settings = settings;
        this.time = time;
        this.counts = counts;
        this.addresses = new AddressLimit(settings.connection().perAddress());
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        HttpLoop loop = loops.computeIfAbsent(
                connection.reactor(), _ -> new HttpLoop(settings, routes, time, addresses, counts));
        return new HttpConnection(connection, loop);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return counts.limitsMet();
    }
}
