package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsVersion;

/** What is OpenSSL's own: keys of tickets that servers share, stapled responses, names of suites. */
@Timeout(60)
class SettingsTest {

    private static final TicketKey OLD = TicketKey.random();
    private static final TicketKey NEW = TicketKey.random();

    @ParameterizedTest
    @EnumSource
    void serversThatShareAKeyResumeOneAnothersSessions(TlsVersion version) throws IOException {
        try (TlsServerContext one = server(List.of(OLD));
                TlsServerContext other = server(List.of(NEW, OLD));
                TlsServerContext stranger = server(List.of(NEW));
                TlsClientContext client = Peers.ENGINE.client(Peers.CLIENT.withVersions(version, version))) {
            assertResumed(false, client, one);
            assertResumed(true, client, one);
            assertResumed(true, client, other);
            // the other one has renewed the ticket with the new key; OpenSSL's clients do not take that with TLS 1.2
            assertResumed(version == TlsVersion.TLS_1_3, client, stranger);
        }
    }

    private static TlsServerContext server(List<TicketKey> keys) {
        return Peers.ENGINE.server(Peers.SERVER.withTicketKeys(keys));
    }

    private static void assertResumed(boolean resumed, TlsClientContext client, TlsServerContext server)
            throws IOException {
        try (Peers peers = Peers.shaken(client, server)) {
            peers.talk(); // the tickets of TLS 1.3 come after the handshake
            assertEquals(resumed, peers.server().info().resumed());
            assertEquals(resumed, peers.client().info().resumed());
        }
    }

    @Test
    void anUnknownCipherSuiteIsRefusedWithItsName() {
        String refusal = refusal(Peers.SERVER.withCipherSuites(List.of("TLS_AES_128_GCM_SHA256", "TLS_NONE")));
        assertTrue(refusal.startsWith("OpenSSL knows no cipher suite TLS_NONE; take an IANA name"), refusal);
    }

    @Test
    void suitesOfOneVersionLeaveOnlyThatVersion() throws IOException {
        List<String> suites = List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (TlsServerContext server = Peers.ENGINE.server(Peers.SERVER.withCipherSuites(suites));
                TlsClientContext client = Peers.ENGINE.client(Peers.CLIENT);
                Peers peers = Peers.shaken(client, server)) {
            assertEquals(TlsVersion.TLS_1_2, peers.server().info().version());
            assertEquals(suites.getFirst(), peers.server().info().cipherSuite());
        }
        String refusal =
                refusal(Peers.SERVER.withCipherSuites(suites).withVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3));
        assertTrue(refusal.startsWith("None of the cipher suites is one of TLSv1.3 to TLSv1.3"), refusal);
    }

    private static String refusal(TlsServerSettings settings) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Peers.ENGINE.server(settings))
                .getMessage());
    }

    /** The client of this engine asks for none, so {@code SSL_ctrl} does it for the test. */
    @Test
    void theResponseOfTheAuthorityIsStapled() throws IOException {
        byte[] response = {1, 2, 3, 4, 5};
        var certified = Peers.CERTIFIED.withOcspResponse(ByteBuffer.wrap(response));
        try (TlsServerContext server = Peers.ENGINE.server(TlsServerSettings.of(List.of(certified)));
                TlsClientContext client = Peers.ENGINE.client(Peers.CLIENT.withAlpn(List.of()));
                Peers peers = Peers.of(client, server)) {
            long ssl = ((OpenSslSession) peers.client()).ssl();
            Ssl.CTRL.call(ssl, 65, 1, 0); // SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, TLSEXT_STATUSTYPE_ocsp
            peers.shake();
            try (Frame frame = new Frame()) {
                long pointer = frame.pointer();
                long length = Ssl.CTRL.call(ssl, 70, 0, pointer); // SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP
                assertEquals(response.length, length);
                assertEquals(ByteBuffer.wrap(response), ByteBuffer.wrap(Memory.bytes(Memory.longAt(pointer), length)));
            }
        }
    }
}
