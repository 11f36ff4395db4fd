package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;

/** The equipment of one test: the tested engine, the usual settings, and talks between its sessions and peers. */
final class TlsBench {

    static final TlsServerSettings SERVER = TlsServerSettings.of(List.of(Keys.SERVER));
    static final TlsClientSettings CLIENT = TlsClientSettings.DEFAULTS.withTrust(Keys.TRUST);

    private final TlsEngine engine;

    TlsBench(TlsEngine engine) {
        this.engine = engine;
    }

    TlsEngine engine() {
        return engine;
    }

    TlsServerContext server() {
        return engine.server(SERVER);
    }

    TlsClientContext client() {
        return engine.client(CLIENT);
    }

    /** A session of a server and its client, before the first byte. */
    Talk talk(TlsServerContext server, JdkPeer client) {
        return new Talk(server::open, client);
    }

    /** A session of a client and its server, before the first byte. */
    Talk talk(TlsClientContext client, JdkPeer server) {
        return talk(client, Keys.HOST, server);
    }

    /** A session of a client that asks for this host, and its server, before the first byte. */
    Talk talk(TlsClientContext client, String host, JdkPeer server) {
        return new Talk(below -> client.open(below, host, 443), server);
    }

    /** With the usual settings, before the first byte. */
    Talk talk(Setup setup) {
        JdkPeers peers = JdkPeers.usual();
        return setup.isServer()
                ? talk(server(), peers.client(setup.version()))
                : talk(client(), peers.server(setup.version()));
    }

    /** With the usual settings, after the handshake. */
    Talk open(Setup setup) throws IOException {
        return talk(setup).shake();
    }

    /** This fails with the reason; both are looked at. */
    static TlsException assertFails(TlsException.Reason reason, Executable action) {
        TlsException failure = assertThrows(TlsException.class, action);
        assertEquals(reason, failure.reason(), failure::toString);
        return failure;
    }
}
