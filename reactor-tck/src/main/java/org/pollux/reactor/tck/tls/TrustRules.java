package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** T9 trust and name, T10 what a client sends. */
interface TrustRules extends TlsRules {

    private void assertRefused(Reason reason, CertifiedKey server, Trust trust, String host) {
        TlsClientContext client = bench().engine().client(TlsBench.CLIENT.withTrust(trust));
        for (TlsVersion version : TlsVersion.values()) {
            Talk talk = bench().talk(
                            client,
                            host,
                            JdkPeers.trusting(Keys.AUTHORITY, server).server(version));
            TlsBench.assertFails(reason, talk::shake);
            talk.carry();
            assertFalse(talk.peer().failure().isEmpty(), "the server is told");
        }
    }

    private static NewCertificate server() {
        return NewCertificate.forHosts(Keys.HOST).signedBy(Keys.AUTHORITY);
    }

    @Test
    default void t09_anExpiredCertificate() {
        Instant past = Instant.now().minusSeconds(60);
        assertRefused(
                Reason.EXPIRED, server().valid(past.minusSeconds(60), past).make(), Keys.TRUST, Keys.HOST);
    }

    @Test
    default void t09_aCertificateOfTheFuture() {
        Instant later = Instant.now().plusSeconds(600);
        assertRefused(
                Reason.NOT_YET_VALID,
                server().valid(later, later.plusSeconds(60)).make(),
                Keys.TRUST,
                Keys.HOST);
    }

    @Test
    default void t09_aSelfSignedCertificate() {
        assertRefused(Reason.SELF_SIGNED, NewCertificate.forHosts(Keys.HOST).make(), Keys.TRUST, Keys.HOST);
    }

    @Test
    default void t09_aCertificateOfAnUnknownAuthority() {
        assertRefused(
                Reason.UNTRUSTED,
                NewCertificate.forHosts(Keys.HOST)
                        .signedBy(Keys.OTHER_AUTHORITY)
                        .make(),
                Keys.TRUST,
                Keys.HOST);
        assertRefused(Reason.UNTRUSTED, Keys.SERVER, Trust.installed(), Keys.HOST);
    }

    @Test
    default void t09_aRevokedCertificate() {
        Trust trust = new Trust.Authorities(
                List.of(Keys.AUTHORITY.certificate()),
                List.of(NewCertificate.revocations(Keys.AUTHORITY, List.of(Keys.SERVER.certificate()))));
        assertRefused(Reason.REVOKED, Keys.SERVER, trust, Keys.HOST);
    }

    @Test
    default void t09_aCertificateForOtherHosts() {
        assertRefused(Reason.WRONG_NAME, Keys.SERVER, Keys.TRUST, "other.example");
        assertRefused(Reason.WRONG_NAME, Keys.SERVER, Keys.TRUST, "127.0.0.2");
        assertRefused(Reason.WRONG_NAME, Keys.serverFor("*.pollux.example"), Keys.TRUST, "a.b.pollux.example");
        assertRefused(Reason.WRONG_NAME, Keys.serverFor("*.pollux.example"), Keys.TRUST, Keys.HOST);
    }

    @Test
    default void t09_aCertificateForClientsIsNotForServers() {
        assertRefused(Reason.BAD_CERTIFICATE, Keys.CLIENT, Keys.TRUST, Keys.HOST);
    }

    private void assertAccepted(CertifiedKey server, Trust trust, String host) throws IOException {
        TlsClientContext client = bench().engine().client(TlsBench.CLIENT.withTrust(trust));
        for (TlsVersion version : TlsVersion.values()) {
            Talk talk = bench().talk(
                            client,
                            host,
                            JdkPeers.trusting(Keys.AUTHORITY, server).server(version))
                    .shake();
            assertEquals(server.chain(), talk.session().info().peerChain());
        }
    }

    @Test
    default void t09_goodCertificates() throws IOException {
        assertAccepted(Keys.SERVER, Keys.TRUST, Keys.HOST);
        assertAccepted(Keys.SERVER, Keys.TRUST, "Pollux.EXAMPLE");
        assertAccepted(Keys.SERVER, Keys.TRUST, "127.0.0.1");
        assertAccepted(Keys.serverFor("*.pollux.example"), Keys.TRUST, "www.pollux.example");
        CertifiedKey between =
                NewCertificate.authority("Between").signedBy(Keys.AUTHORITY).make();
        assertAccepted(NewCertificate.forHosts(Keys.HOST).signedBy(between).make(), Keys.TRUST, Keys.HOST);
    }

    @Test
    default void t09_aSelfSignedCertificateThatIsTrusted() throws IOException {
        CertifiedKey alone = NewCertificate.forHosts(Keys.HOST).make();
        Trust trust = Trust.in(List.of(alone.certificate()));
        assertAccepted(alone, trust, Keys.HOST);
        assertRefused(Reason.WRONG_NAME, alone, trust, "other.example");
        Instant past = Instant.now().minusSeconds(60);
        CertifiedKey expired = NewCertificate.forHosts(Keys.HOST)
                .valid(past.minusSeconds(60), past)
                .make();
        assertRefused(Reason.EXPIRED, expired, Trust.in(List.of(expired.certificate())), Keys.HOST);
    }

    @Test
    default void t09_anyoneIsEveryone() throws IOException {
        Instant past = Instant.now().minusSeconds(60);
        assertAccepted(
                NewCertificate.forHosts("other.example")
                        .valid(past.minusSeconds(60), past)
                        .make(),
                Trust.anyone(),
                Keys.HOST);
    }

    @ParameterizedTest
    @EnumSource
    default void t10_aNameIsSentAndAnAddressIsNot(TlsVersion version) throws IOException {
        for (String host : List.of(Keys.HOST, "127.0.0.1")) {
            Talk talk = bench().talk(bench().client(), host, JdkPeers.usual().server(version))
                    .shake();
            List<String> names = new ArrayList<>();
            talk.peer()
                    .session()
                    .getRequestedServerNames()
                    .forEach(name -> names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII)));
            assertEquals(host.equals(Keys.HOST) ? List.of(host) : List.of(), names);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t10_protocolsAreOffered(TlsVersion version) throws IOException {
        TlsClientContext client = bench().engine().client(TlsBench.CLIENT.withAlpn(List.of("h2", "http/1.1")));
        JdkPeer server = JdkPeers.usual()
                .server(version, parameters -> parameters.setApplicationProtocols(new String[] {"http/1.1"}));
        assertEquals(
                "http/1.1",
                bench().talk(client, server).shake().session().info().alpn());
        JdkPeer other = JdkPeers.usual()
                .server(version, parameters -> parameters.setApplicationProtocols(new String[] {"smtp"}));
        TlsBench.assertFails(Reason.ALPN, bench().talk(client, other)::shake);
    }

    @ParameterizedTest
    @EnumSource
    default void t10_aCertificateIsShownWhenItIsAskedFor(TlsVersion version) throws IOException {
        TlsClientContext client = bench().engine().client(TlsBench.CLIENT.withCertificate(Keys.CLIENT));
        Talk talk = bench().talk(
                        client, JdkPeers.usual().server(version, parameters -> parameters.setNeedClientAuth(true)))
                .shake();
        assertEquals(Keys.CLIENT.certificate(), talk.peer().session().getPeerCertificates()[0]);
        assertEquals(Keys.CLIENT.certificate(), talk.session().info().certificate());
    }

    @Test
    default void t10_aServerThatNeedsACertificateRefusesAClientWithoutOne() {
        Talk talk = bench().talk(
                        bench().client(),
                        JdkPeers.usual().server(TlsVersion.TLS_1_3, parameters -> parameters.setNeedClientAuth(true)));
        TlsBench.assertFails(Reason.REFUSED_CERTIFICATE, () -> {
            talk.shake();
            talk.read(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    default void t10_theSecondSessionIsResumed(TlsVersion version) throws IOException {
        TlsClientContext client = bench().client();
        JdkPeers servers = JdkPeers.usual();
        Talk first = bench().talk(client, servers.server(version)).shake();
        assertFalse(first.session().info().resumed());
        first.peer().send(new byte[1]); // behind the ticket
        first.read(1);
        Talk second = bench().talk(client, servers.server(version)).shake();
        assertTrue(second.session().info().resumed());
        assertEquals(Keys.SERVER.chain(), second.session().info().peerChain());
        Talk elsewhere =
                bench().talk(client, "127.0.0.1", servers.server(version)).shake();
        assertFalse(elsewhere.session().info().resumed(), "of another host");
    }
}
