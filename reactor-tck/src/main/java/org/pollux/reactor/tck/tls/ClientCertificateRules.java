package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** T7 client certificates. */
interface ClientCertificateRules extends TlsRules {

    private Talk talk(ClientAuth auth, Trust trust, TlsVersion version, CertifiedKey... own) {
        return bench().talk(
                        bench().engine().server(TlsBench.SERVER.withClientAuth(auth, trust)),
                        JdkPeers.trusting(Keys.AUTHORITY, own).client(version));
    }

    @ParameterizedTest
    @EnumSource
    default void t07_noneIsAskedFor(TlsVersion version) throws IOException {
        Talk talk = talk(ClientAuth.NONE, Keys.TRUST, version, Keys.CLIENT).shake();
        assertEquals(List.of(), talk.session().info().peerChain());
    }

    @ParameterizedTest
    @EnumSource
    default void t07_theChainIsSeen(TlsVersion version) throws IOException {
        for (ClientAuth auth : List.of(ClientAuth.WANTED, ClientAuth.NEEDED)) {
            Talk talk = talk(auth, Keys.TRUST, version, Keys.CLIENT).shake();
            assertEquals(Keys.CLIENT.chain(), talk.session().info().peerChain());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t07_whoIsOnlyWantedMayHaveNone(TlsVersion version) throws IOException {
        Talk talk = talk(ClientAuth.WANTED, Keys.TRUST, version).shake();
        assertEquals(List.of(), talk.session().info().peerChain());
    }

    @ParameterizedTest
    @EnumSource
    default void t07_whoIsNeededMustHaveOne(TlsVersion version) {
        TlsBench.assertFails(
                Reason.NO_CERTIFICATE,
                () -> talk(ClientAuth.NEEDED, Keys.TRUST, version).shake());
    }

    /** The JDK's client shows a certificate only to a server that names its issuer. */
    @ParameterizedTest
    @EnumSource
    default void t07_aBadOneFailsAlsoWhenItIsOnlyWanted(TlsVersion version) {
        Instant past = Instant.now().minusSeconds(60);
        CertifiedKey expired = NewCertificate.forClient("Old")
                .valid(past.minusSeconds(60), past)
                .signedBy(Keys.AUTHORITY)
                .make();
        TlsBench.assertFails(
                Reason.EXPIRED,
                () -> talk(ClientAuth.WANTED, Keys.TRUST, version, expired).shake());

        CertifiedKey forger = NewCertificate.authority("Authority of the tests").make(); // the name, and not the key
        CertifiedKey forged = NewCertificate.forClient("Eve").signedBy(forger).make();
        TlsBench.assertFails(
                Reason.UNTRUSTED,
                () -> talk(ClientAuth.WANTED, Keys.TRUST, version, forged).shake());
    }

    @ParameterizedTest
    @EnumSource
    default void t07_aRevokedOneFails(TlsVersion version) throws IOException {
        Trust trust = new Trust.Authorities(
                List.of(Keys.AUTHORITY.certificate()),
                List.of(NewCertificate.revocations(Keys.AUTHORITY, List.of(Keys.CLIENT.certificate()))));
        TlsBench.assertFails(
                Reason.REVOKED,
                () -> talk(ClientAuth.NEEDED, trust, version, Keys.CLIENT).shake());
        CertifiedKey other =
                NewCertificate.forClient("Bob").signedBy(Keys.AUTHORITY).make();
        talk(ClientAuth.NEEDED, trust, version, other).shake();
    }
}
