package org.pollux.reactor.tls.base;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.Trust;

/** Looks for a peer's certificates in lists of revocations, as {@link Trust.Authorities} says. */
public final class Revocations {

    private Revocations() {}

    /**
     * The first certificate of a chain that a list revokes.
     *
     * @param chain the peer's own certificate first; already found to be trusted
     * @return null when none is revoked
     */
    public static @Nullable X509Certificate find(List<X509Certificate> chain, Trust.Authorities trust) {
        for (X509Certificate certificate : chain) {
            for (X509CRL list : trust.revocations()) {
                if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                        && list.isRevoked(certificate)
                        && isGenuine(list, chain, trust)) {
                    return certificate;
                }
            }
        }
        return null;
    }

    private static boolean isGenuine(X509CRL list, List<X509Certificate> chain, Trust.Authorities trust) {
        return Stream.concat(chain.stream(), trust.authorities().stream())
                .filter(issuer -> issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .anyMatch(issuer -> isSignedBy(issuer, list));
    }

    private static boolean isSignedBy(X509Certificate issuer, X509CRL list) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another one's of the same name
        }
    }
}
