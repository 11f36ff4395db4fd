package org.pollux.reactor.tls.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.CertifiedKey;

class NewCertificateTest {

    private static final CertifiedKey AUTHORITY =
            NewCertificate.authority("Trial, \"Root\"").make();

    @ParameterizedTest
    @EnumSource
    void itIsSelfSignedByEveryKindOfKey(KeyKind kind) throws GeneralSecurityException {
        CertifiedKey made =
                NewCertificate.forHosts("localhost", "127.0.0.1").with(kind).make();
        made.certificate().verify(made.certificate().getPublicKey());
        assertEquals(Set.of("localhost", "127.0.0.1"), made.names());
        assertEquals(
                "CN=localhost", made.certificate().getSubjectX500Principal().getName());
        assertEquals(-1, made.certificate().getBasicConstraints());
    }

    @Test
    void anAddressOfSixteenOctetsIsAName() {
        assertEquals(
                Set.of("0:0:0:0:0:0:0:1"), NewCertificate.forHosts("::1").make().names());
    }

    @ParameterizedTest
    @EnumSource
    void aChainOfAuthoritiesLeadsToTheRoot(KeyKind kind) throws GeneralSecurityException {
        CertifiedKey between = NewCertificate.authority("Between")
                .with(kind)
                .signedBy(AUTHORITY)
                .make();
        CertifiedKey server =
                NewCertificate.forHosts("*.example.org").signedBy(between).make();
        assertEquals(List.of(server.certificate(), between.certificate()), server.chain());
        validate(server.chain());
    }

    @Test
    void itsTimeIsAsAsked() {
        Instant from = Instant.parse("1999-12-31T23:59:59Z");
        Instant until = Instant.parse("2050-01-01T00:00:00Z");
        X509Certificate made =
                NewCertificate.forClient("Ada").valid(from, until).make().certificate();
        assertEquals(from, made.getNotBefore().toInstant());
        assertEquals(until, made.getNotAfter().toInstant());
    }

    @Test
    void aListRevokesWhatItNames() throws GeneralSecurityException {
        X509Certificate bad = NewCertificate.forHosts("bad.example.org")
                .signedBy(AUTHORITY)
                .make()
                .certificate();
        X509Certificate good = NewCertificate.forHosts("good.example.org")
                .signedBy(AUTHORITY)
                .make()
                .certificate();
        var list = NewCertificate.revocations(AUTHORITY, List.of(bad));
        list.verify(AUTHORITY.certificate().getPublicKey());
        assertTrue(list.isRevoked(bad));
        assertFalse(list.isRevoked(good));
        assertTrue(NewCertificate.revocations(AUTHORITY, List.of())
                .getNextUpdate()
                .toInstant()
                .isAfter(Instant.now().plus(6, ChronoUnit.DAYS)));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        CertifiedKey one = NewCertificate.forHosts("one.example.org").make();
        CertifiedKey other = NewCertificate.forHosts("other.example.org").make();
        CertifiedKey rsa =
                NewCertificate.forHosts("rsa.example.org").with(KeyKind.RSA).make();
        for (CertifiedKey wrong : List.of(other, rsa)) {
            var refused =
                    assertThrows(IllegalArgumentException.class, () -> new CertifiedKey(one.chain(), wrong.key()));
            assertTrue(String.valueOf(refused.getMessage()).contains("CN=one.example.org"), refused::toString);
        }
    }

    @Test
    void aChainInAnotherOrderIsRefused() {
        CertifiedKey between =
                NewCertificate.authority("Between").signedBy(AUTHORITY).make();
        CertifiedKey server =
                NewCertificate.forHosts("example.org").signedBy(between).make();
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new CertifiedKey(
                        List.of(server.certificate(), AUTHORITY.certificate(), between.certificate()), server.key()));
        assertTrue(String.valueOf(refused.getMessage()).contains("in order"), refused::toString);
    }

    private static void validate(List<X509Certificate> chain) throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(AUTHORITY.certificate(), null)));
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }
}
