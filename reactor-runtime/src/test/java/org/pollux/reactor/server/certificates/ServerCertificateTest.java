package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.base.NewCertificate;

class ServerCertificateTest {

    private final Instant begin = Instant.now().minus(Duration.ofDays(30));

    private NewCertificate valid(NewCertificate made, int days) {
        return made.valid(begin, begin.plus(Duration.ofDays(days)));
    }

    private static ServerCertificate chain(CertifiedKey leaf, CertifiedKey... issuers) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf.certificate()));
        for (CertifiedKey issuer : issuers) {
            chain.add(issuer.certificate());
        }
        return new ServerCertificate("a.pem", new CertifiedKey(chain, leaf.key()));
    }

    @Test
    void aChainEndsWithTheFirstOfItsCertificatesButNotWithItsRoot() {
        CertifiedKey root = valid(NewCertificate.authority("root"), 1).make();
        CertifiedKey middle =
                valid(NewCertificate.authority("middle"), 2).signedBy(root).make();
        CertifiedKey longer =
                valid(NewCertificate.forHosts("a.example"), 3).signedBy(middle).make();
        assertEquals(middle.certificate(), chain(longer, middle, root).endsFirst());
        assertEquals(
                middle.certificate().getNotAfter().toInstant(),
                chain(longer, middle).end());
        assertEquals(longer.certificate(), chain(longer).endsFirst());
    }

    @Test
    void oneThatIsSignedByItselfEndsAtItsOwnTime() {
        CertifiedKey alone = valid(NewCertificate.forHosts("a.example"), 4).make();
        assertEquals(alone.certificate(), chain(alone).endsFirst());
    }
}
