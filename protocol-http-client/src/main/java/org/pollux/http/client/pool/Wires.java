package org.pollux.http.client.pool;

import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.Keeper;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.exchange.Wire;
import org.pollux.http.client.h1.Http1Connection;
import org.pollux.http.client.h2.Http2Connection;
import org.pollux.reactor.Connection;
import org.pollux.reactor.tls.TlsInfo;

/** Chooses the wire of a connection. This is the only place that knows them all. */
final class Wires {

    private static final String H2 = "h2";

    private Wires() {}

    /** Whether the wire of a connection is known before it is established. */
    static boolean isKnown(Route route, HttpVersions versions) {
        return route.origin().isEncrypted()
                ? versions == HttpVersions.HTTP_1_1
                : versions != HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
    }

    /**
     * Puts the wire on a connection that is established: the one that the server has chosen by ALPN, or that the client knows.
     *
     * @throws HttpFailure when the server speaks none that the client wants
     */
    static Wire open(ClientLoop loop, Keeper keeper, Route route, Connection connection) throws HttpFailure {
        HttpVersions versions = loop.settings().versions();
        boolean encrypted = route.origin().isEncrypted();
        boolean chosen = connection.tls().map(TlsInfo::alpn).filter(H2::equals).isPresent();
        if (chosen || (!encrypted && versions == HttpVersions.HTTP_2_PRIOR_KNOWLEDGE)) {
            Http2Connection wire = new Http2Connection(loop, keeper, route, connection);
            connection.handler(wire);
            return wire;
        }
        if (encrypted && !versions.alpn().contains("http/1.1")) {
            throw new HttpFailure(
                    Reason.NOT_HTTP,
                    route.origin() + " does not offer HTTP/2 by ALPN, and the client is set to speak nothing else");
        }
        Http1Connection wire = new Http1Connection(loop, keeper, route, connection);
        connection.handler(wire);
        return wire;
    }
}
