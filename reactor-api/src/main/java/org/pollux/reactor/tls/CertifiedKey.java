package org.pollux.reactor.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key with the certificates that show what it is for. Immutable.
 *
 * <p>One with an ECDSA key and one with an RSA key may have the same names: a server then uses the one that the client
 * understands.
 */
public final class CertifiedKey {

    /** The types of alternative names (RFC 5280 section 4.2.1.6) that a server may have. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final byte @Nullable [] ocspResponse;
    private final Set<String> names;

    /**
     * Checks that they belong together. Whether the certificate has expired is not looked at.
     *
     * @param chain the key's certificate first, then that of its issuer, and so on; without the root
     * @param key of a kind that TLS knows: RSA, EC or EdDSA
     * @throws IllegalArgumentException when the chain is empty or in another order, when the key does not match the first
     *     certificate or cannot sign here, or when that certificate cannot be read
     */
    public CertifiedKey(List<X509Certificate> chain, PrivateKey key) {
        this(List.copyOf(chain), key, null);
    }

    private CertifiedKey(List<X509Certificate> chain, PrivateKey key, byte @Nullable [] ocspResponse) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("The chain has no certificate");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new IllegalArgumentException("The certificate of " + subject(chain.get(i - 1)) + " is issued by "
                        + chain.get(i - 1).getIssuerX500Principal() + ", but the next one of the chain is of "
                        + subject(chain.get(i)) + "; put the issuers' certificates behind it, in order");
            }
        }
        if (!matches(key, chain.getFirst())) {
            throw new IllegalArgumentException("The private key does not belong to the certificate of "
                    + subject(chain.getFirst()) + "; take the key with which it was requested");
        }
        this.chain = chain;
        this.key = key;
        this.ocspResponse = ocspResponse;
        this.names = namesOf(chain.getFirst());
    }

    /**
     * The same with a response of the authority's OCSP server, which is sent to clients that ask for one (RFC 6066 section
     * 8), where the engine has {@link TlsFeature#OCSP_STAPLING}.
     *
     * @param response in DER; read to its limit
     */
    public CertifiedKey withOcspResponse(ByteBuffer response) {
        byte[] copy = new byte[response.remaining()];
        response.get(copy);
        return new CertifiedKey(chain, key, copy);
    }

    /** The certificates, the key's own first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The private key. Its {@code getEncoded} is PKCS #8, or null for a key that does not leave its device. */
    public PrivateKey key() {
        return key;
    }

    /** The response of the authority's OCSP server, read-only; null without one. */
    public @Nullable ByteBuffer ocspResponse() {
        return ocspResponse == null ? null : ByteBuffer.wrap(ocspResponse).asReadOnlyBuffer();
    }

    /**
     * The DNS names and IP addresses that the certificate is for, in lower case, in its order: {@code "example.org"},
     * {@code "*.example.org"}, {@code "192.0.2.1"}.
     */
    public Set<String> names() {
        return names;
    }

    /**
     * The DNS names and IP addresses that a certificate is for, as {@link #names} has them. The common name does not count.
     *
     * @throws IllegalArgumentException when they cannot be read
     */
    public static Set<String> namesOf(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.getFirst() instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
                    names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(
                    "The alternative names of the certificate of " + subject(certificate) + " cannot be read", e);
        }
        return Collections.unmodifiableSet(names);
    }

    /** By a signature, because a key of a device shows no number to compare. */
    private static boolean matches(PrivateKey key, X509Certificate certificate) {
        byte[] trial = "Pollux".getBytes(StandardCharsets.US_ASCII);
        byte[] signed = sign(trial, key, certificate);
        try {
            Signature signature = Signature.getInstance(signature(key));
            signature.initVerify(certificate.getPublicKey());
            signature.update(trial);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // of another kind
        }
    }

    private static byte[] sign(byte[] trial, PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(signature(key));
            signature.initSign(key);
            signature.update(trial);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "This Java cannot sign with the private key of " + subject(certificate) + " (" + e.getMessage()
                            + "); take an RSA key, or an EC key on the curve P-256 or P-384",
                    e);
        }
    }

    private static String signature(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default ->
                throw new IllegalArgumentException(
                        "A private key of the kind " + key.getAlgorithm() + " cannot be used; take EC, RSA or Ed25519");
        };
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().toString();
    }

    /** For people: its kind and its names, nothing secret. */
    @Override
    public String toString() {
        return key.getAlgorithm() + " certificate for " + String.join(", ", names);
    }
}
