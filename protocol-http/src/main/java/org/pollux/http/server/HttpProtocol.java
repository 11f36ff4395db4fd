package org.pollux.http.server;

import java.util.Map;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.RequestReport;
import org.pollux.reactor.admin.RequestStatus;

/**
 * HTTP/1.1 over the connections of any number of reactors (RFC 9110, RFC 9112). One protocol can serve several endpoints.
 * From any thread.
 *
 * <pre>
 *   Routes routes = new Routes();
 *   routes.add((request, response) -&gt; response.send("Hello!"), "/hello");
 *   reactor.listen(address, new HttpProtocol(routes, HttpSettings.defaults()));
 * </pre>
 */
public final class HttpProtocol implements Protocol, LimitReport, RequestReport {

    private final RouteRegistry routes;
    private final WireChooser wires;

    /**
     * Makes a protocol.
     *
     * @param routes the handlers; they may change while the protocol serves
     * @param settings the limits of all its connections
     */
    public HttpProtocol(Routes routes, HttpSettings settings) {
        this.routes = routes.registry();
        wires = new WireChooser(this.routes, settings);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return wires.open(connection);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return wires.limitsMet();
    }

    /** The requests of all protocols with the same routes. */
    @Override
    public RequestStatus requests() {
        return routes.meters().read("http");
    }
}
