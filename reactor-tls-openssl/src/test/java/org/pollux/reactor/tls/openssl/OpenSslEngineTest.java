package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;

@Timeout(60)
class OpenSslEngineTest {

    private static final TlsServerSettings SERVER =
            TlsServerSettings.of(List.of(Peers.SERVER)).withAlpn(List.of("h2", "http/1.1"));
    private static final TlsClientSettings CLIENT = TlsClientSettings.DEFAULTS
            .withTrust(Trust.in(List.of(Peers.AUTHORITY.certificate())))
            .withAlpn(List.of("http/1.1"));

    @Test
    void twoPeersAgreeAndTalk() throws IOException {
        try (OpenSslEngine engine = new OpenSslEngine();
                var servers = engine.server(SERVER);
                var clients = engine.client(CLIENT)) {
            assertTrue(engine.description().startsWith("OpenSSL 3."), engine.description());
            try (Peers peers = Peers.shaken(clients, servers)) {
                peers.talk();
                assertEquals(TlsVersion.TLS_1_3, peers.server().info().version());
                assertEquals("http/1.1", peers.server().info().alpn());
                assertEquals("localhost", peers.server().info().serverName());
                assertEquals(Peers.SERVER.certificate(), peers.server().info().certificate());
                assertEquals(Peers.SERVER.chain(), peers.client().info().peerChain());
                assertFalse(peers.client().info().resumed());
            }
            try (Peers peers = Peers.shaken(clients, servers)) {
                peers.talk();
                assertTrue(peers.client().info().resumed());
                assertTrue(peers.server().info().resumed());
            }
        }
    }
}
