package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;

/** T8 resumption, of clients by a server. */
interface ResumptionRules extends TlsRules {

    private boolean resumes(TlsServerContext server, JdkPeers clients, TlsVersion version) throws IOException {
        return bench().talk(server, clients.client(version))
                .shake()
                .session()
                .info()
                .resumed();
    }

    @ParameterizedTest
    @EnumSource
    default void t08_theSecondSessionIsResumed(TlsVersion version) throws IOException {
        TlsServerContext server = bench().server();
        JdkPeers clients = JdkPeers.usual();
        assertFalse(resumes(server, clients, version));
        Talk second = bench().talk(server, clients.client(version)).shake();
        assertTrue(second.session().info().resumed());
        assertEquals(Keys.HOST, second.session().info().serverName());
        second.send(Talk.pattern(100));
        assertEquals(100, second.peer().received().length);
    }

    @ParameterizedTest
    @EnumSource
    default void t08_theCertificateOfTheClientIsKnownAgain(TlsVersion version) throws IOException {
        TlsServerContext server =
                bench().engine().server(TlsBench.SERVER.withClientAuth(ClientAuth.NEEDED, Keys.TRUST));
        JdkPeers clients = JdkPeers.trusting(Keys.AUTHORITY, Keys.CLIENT);
        assertFalse(resumes(server, clients, version));
        Talk second = bench().talk(server, clients.client(version)).shake();
        assertTrue(second.session().info().resumed());
        assertEquals(Keys.CLIENT.chain(), second.session().info().peerChain());
    }

    @ParameterizedTest
    @EnumSource
    default void t08_theProtocolIsNegotiatedAnew(TlsVersion version) throws IOException {
        TlsServerContext server = bench().engine().server(TlsBench.SERVER.withAlpn(List.of("h2", "http/1.1")));
        JdkPeers clients = JdkPeers.usual();
        for (String protocol : List.of("h2", "http/1.1")) {
            Talk talk = bench().talk(
                            server,
                            clients.client(
                                    Keys.HOST,
                                    version,
                                    parameters -> parameters.setApplicationProtocols(new String[] {protocol})))
                    .shake();
            assertEquals(protocol, talk.session().info().alpn());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t08_zeroMeansNever(TlsVersion version) throws IOException {
        TlsServerContext server = bench().engine().server(TlsBench.SERVER.withResumption(Duration.ZERO));
        JdkPeers clients = JdkPeers.usual();
        assertFalse(resumes(server, clients, version));
        assertFalse(resumes(server, clients, version));
    }

    @ParameterizedTest
    @EnumSource
    default void t08_itSurvivesAnUpdateOfSomethingElse(TlsVersion version) throws IOException {
        TlsServerContext server = bench().server();
        JdkPeers clients = JdkPeers.usual();
        assertFalse(resumes(server, clients, version));
        server.update(TlsBench.SERVER.withAlpn(List.of("h2")));
        assertTrue(resumes(server, clients, version));
    }

    @ParameterizedTest
    @EnumSource
    default void t08_aTicketOfAnotherTrustMakesAFullHandshake(TlsVersion version) throws IOException {
        Trust both = Trust.in(List.of(Keys.AUTHORITY.certificate(), Keys.OTHER_AUTHORITY.certificate()));
        TlsServerSettings needed = TlsBench.SERVER.withClientAuth(ClientAuth.NEEDED, both);
        TlsServerContext server = bench().engine().server(needed);
        JdkPeers clients = JdkPeers.trusting(Keys.AUTHORITY, Keys.CLIENT);
        assertFalse(resumes(server, clients, version));
        server.update(needed.withClientAuth(ClientAuth.NEEDED, Keys.TRUST));
        assertFalse(resumes(server, clients, version));
    }

    @ParameterizedTest
    @EnumSource
    default void t08_aTicketWithoutCertificateIsNotEnoughLater(TlsVersion version) throws IOException {
        TlsServerContext server = bench().server();
        JdkPeers clients = JdkPeers.trusting(Keys.AUTHORITY, Keys.CLIENT);
        assertFalse(resumes(server, clients, version));
        server.update(TlsBench.SERVER.withClientAuth(ClientAuth.NEEDED, Keys.TRUST));
        Talk second = bench().talk(server, clients.client(version)).shake();
        assertFalse(second.session().info().resumed());
        assertEquals(Keys.CLIENT.chain(), second.session().info().peerChain());
    }

    @ParameterizedTest
    @EnumSource
    default void t08_serversThatShareAKeyResumeOneAnothersSessions(TlsVersion version) throws IOException {
        assumeTrue(bench().engine().features().contains(TlsFeature.TICKET_KEYS), "it has its own keys");
        TicketKey shared = TicketKey.random();
        TicketKey newer = TicketKey.random();
        JdkPeers clients = JdkPeers.usual();
        TlsServerContext first = bench().engine().server(TlsBench.SERVER.withTicketKeys(List.of(shared)));
        assertFalse(resumes(first, clients, version));
        TlsServerContext second = bench().engine().server(TlsBench.SERVER.withTicketKeys(List.of(newer, shared)));
        assertTrue(resumes(second, clients, version));
        second.update(TlsBench.SERVER.withTicketKeys(List.of(TicketKey.random())));
        assertFalse(resumes(second, clients, version));
    }
}
