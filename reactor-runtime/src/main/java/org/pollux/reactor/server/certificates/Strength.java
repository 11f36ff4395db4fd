package org.pollux.reactor.server.certificates;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;

/** Refuses what clients refuse, and what engines refuse together with all other certificates. */
final class Strength {

    private static final int LEAST_RSA = 2048;

    private Strength() {}

    /**
     * Looks at the keys of a chain and at how its certificates are signed.
     *
     * @param chain the server's own certificate first
     * @throws BadCertificateException when one is too weak, with the remedy
     */
    static void require(List<X509Certificate> chain) throws BadCertificateException {
        requireKey(chain.getFirst(), "the RSA key", "make one of " + LEAST_RSA + " bits, or an EC key");
        for (X509Certificate certificate : chain) {
            String subject = certificate.getSubjectX500Principal().toString();
            requireKey(certificate, "the RSA key of " + subject + " in the chain", "take another issuer");
            requireSignature(certificate, subject);
        }
    }

    private static void requireKey(X509Certificate certificate, String what, String remedy)
            throws BadCertificateException {
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA) {
            throw new BadCertificateException(
                    what + " has " + rsa.getModulus().bitLength() + " bits, which is too weak: " + remedy);
        }
    }

    /** A client does not check the signature of a certificate that signs itself. */
    private static void requireSignature(X509Certificate certificate, String subject) throws BadCertificateException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean weak = signature.startsWith("SHA1") || signature.startsWith("MD");
        if (weak && !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            throw new BadCertificateException("the certificate of " + subject + " is signed with "
                    + certificate.getSigAlgName() + ", which is too weak: have it signed with SHA-256");
        }
    }
}
