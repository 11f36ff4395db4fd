package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** A client and a server in memory, both on this thread. */
record Peers(TlsSession client, TlsSession server) implements AutoCloseable {

    static final CertifiedKey AUTHORITY = NewCertificate.authority("Trial").make();
    static final CertifiedKey CERTIFIED =
            NewCertificate.forHosts("localhost").signedBy(AUTHORITY).make();

    static final TlsServerSettings SERVER =
            TlsServerSettings.of(List.of(CERTIFIED)).withAlpn(List.of("h2", "http/1.1"));
    static final TlsClientSettings CLIENT = TlsClientSettings.DEFAULTS
            .withTrust(Trust.in(List.of(AUTHORITY.certificate())))
            .withAlpn(List.of("http/1.1"));

    /** For all tests. */
    static final OpenSslEngine ENGINE = new OpenSslEngine();

    /** Two that have not begun. */
    static Peers of(TlsClientContext clients, TlsServerContext servers) {
        Wire wire = new Wire(100_000);
        return new Peers(clients.open(wire.client(), "localhost", 443), servers.open(wire.server()));
    }

    /** Two whose handshake is done. */
    static Peers shaken(TlsClientContext clients, TlsServerContext servers) throws IOException {
        return of(clients, servers).shake();
    }

    /** The same with the settings above. */
    static Peers shaken() throws IOException {
        try (TlsClientContext clients = ENGINE.client(CLIENT);
                TlsServerContext servers = ENGINE.server(SERVER)) {
            return shaken(clients, servers);
        }
    }

    Peers shake() throws IOException {
        for (int turn = 0; turn < 20; turn++) {
            Status here = client.handshake();
            Status there = server.handshake();
            if (here == Status.DONE && there == Status.DONE) {
                return this;
            }
        }
        throw new AssertionError("the handshake does not end");
    }

    /** Sends a text in both directions. */
    void talk() throws IOException {
        send(client, server, "a request");
        send(server, client, "a response");
    }

    static void send(TlsSession from, TlsSession to, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(bytes.remaining(), from.write(new ByteBuffer[] {bytes}, 0, 1));
        ByteBuffer received = ByteBuffer.allocate(100);
        assertEquals(bytes.limit(), to.read(received));
        assertEquals(text, StandardCharsets.UTF_8.decode(received.flip()).toString());
    }

    @Override
    public void close() {
        client.free();
        server.free();
    }
}
