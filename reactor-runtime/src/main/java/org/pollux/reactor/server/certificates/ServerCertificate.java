package org.pollux.reactor.server.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import org.pollux.reactor.tls.CertifiedKey;

/**
 * A certificate with its key, which was checked.
 *
 * @param origin its file or its bundle, for people
 */
public record ServerCertificate(String origin, CertifiedKey key) {

    /** The certificate without its issuers. */
    public X509Certificate leaf() {
        return key.certificate();
    }

    /**
     * The one of its chain that expires first: clients refuse the chain from then on. A root does not count, because clients
     * have their own.
     */
    public X509Certificate endsFirst() {
        return key.chain().stream()
                .filter(one ->
                        one.equals(leaf()) || !one.getIssuerX500Principal().equals(one.getSubjectX500Principal()))
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElse(leaf());
    }

    /** When its chain expires. */
    public Instant end() {
        return endsFirst().getNotAfter().toInstant();
    }
}
