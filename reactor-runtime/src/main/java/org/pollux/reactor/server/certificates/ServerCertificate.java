package org.pollux.reactor.server.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
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

    /** When it expires. */
    public Instant end() {
        return leaf().getNotAfter().toInstant();
    }
}
