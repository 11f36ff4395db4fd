package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsVersion;

/** T1 independent contexts, T2 settings. */
interface ContextRules extends TlsRules {

    @Test
    default void t01_contextsHaveTheirOwnSettings() throws IOException {
        var other = Keys.serverFor(Keys.HOST);
        var first = bench().server();
        var second = bench().engine().server(TlsServerSettings.of(List.of(other)));
        JdkPeers peers = JdkPeers.usual();
        Talk talkToFirst = bench().talk(first, peers.client(TlsVersion.TLS_1_3)).shake();
        Talk talkToSecond = bench().talk(second, JdkPeers.usual().client(TlsVersion.TLS_1_3))
                .shake();
        assertEquals(Keys.SERVER.certificate(), talkToFirst.peer().session().getPeerCertificates()[0]);
        assertEquals(other.certificate(), talkToSecond.peer().session().getPeerCertificates()[0]);
    }

    @ParameterizedTest
    @EnumSource
    default void t01_aTicketOfAnotherContextMakesAFullHandshake(TlsVersion version) throws IOException {
        JdkPeers peers = JdkPeers.usual();
        bench().talk(bench().server(), peers.client(version)).shake();
        assertFalse(bench().talk(bench().server(), peers.client(version))
                .shake()
                .session()
                .info()
                .resumed());
    }

    @Test
    default void t01_aClosedContextKeepsItsSessions() throws IOException {
        var server = bench().server();
        Talk talk = bench().talk(server, JdkPeers.usual().client(TlsVersion.TLS_1_3))
                .shake();
        server.close();
        server.close();
        assertThrows(IllegalStateException.class, () -> server.open(new Link()));
        assertThrows(IllegalStateException.class, () -> server.update(TlsBench.SERVER));
        talk.send(Talk.pattern(10));
        assertEquals(10, talk.peer().received().length);
    }

    @Test
    default void t02_anUnknownCipherSuiteIsRefusedAtOnce() {
        List<String> unknown = List.of("TLS_WITH_NOTHING");
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> bench().engine().server(TlsBench.SERVER.withCipherSuites(unknown)));
        assertTrue(String.valueOf(refused.getMessage()).contains("TLS_WITH_NOTHING"), refused::toString);
        assertThrows(
                IllegalArgumentException.class,
                () -> bench().engine().client(TlsBench.CLIENT.withCipherSuites(unknown)));
    }
}
