package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.tls.TlsVersion;

@Timeout(60)
class OpenSslEngineTest {

    @Test
    void twoPeersAgreeAndTalk() throws IOException {
        try (OpenSslEngine engine = new OpenSslEngine();
                var servers = engine.server(Peers.SERVER);
                var clients = engine.client(Peers.CLIENT)) {
            assertTrue(engine.description().startsWith("OpenSSL 3."), engine.description());
            try (Peers peers = Peers.shaken(clients, servers)) {
                peers.talk();
                assertEquals(TlsVersion.TLS_1_3, peers.server().info().version());
                assertEquals("http/1.1", peers.server().info().alpn());
                assertEquals("localhost", peers.server().info().serverName());
                assertEquals(
                        Peers.CERTIFIED.certificate(), peers.server().info().certificate());
                assertEquals(Peers.CERTIFIED.chain(), peers.client().info().peerChain());
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
