package org.pollux.reactor.tls.base;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/**
 * Makes a certificate: self-signed for trying a server, or of an authority of the own for tests. The structure is that of RFC
 * 5280. It is not a certificate authority: nothing is recorded, and nothing is checked.
 *
 * <pre>{@code
 * CertifiedKey alone = NewCertificate.forHosts("localhost", "127.0.0.1").make();
 *
 * CertifiedKey authority = NewCertificate.authority("Trial").make();
 * CertifiedKey server = NewCertificate.forHosts("*.example.org").signedBy(authority).make();
 * CertifiedKey client = NewCertificate.forClient("Ada").signedBy(authority).make();
 * }</pre>
 */
public final class NewCertificate {

    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";

    /** The bits of a key's usage (RFC 5280 section 4.2.1.3). */
    private static final int SIGNS_DATA = 0x80;

    private static final int SIGNS_CERTIFICATES = 0x04;
    private static final int SIGNS_LISTS = 0x02;

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X500Principal subject;
    private final List<byte[]> alternativeNames;

    /** Null for an authority. */
    private final @Nullable String purpose;

    private KeyKind kind = KeyKind.ECDSA;
    private @Nullable KeyPair key;
    private @Nullable CertifiedKey issuer;
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant until = Instant.now().plus(Duration.ofDays(365));

    private NewCertificate(String name, List<byte[]> alternativeNames, @Nullable String purpose) {
        this.subject = new X500Principal("CN=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        this.alternativeNames = alternativeNames;
        this.purpose = purpose;
    }

    /**
     * One for a server.
     *
     * @param hosts DNS names, which may be wildcards, and IP addresses
     * @throws IllegalArgumentException when there is none
     */
    public static NewCertificate forHosts(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("A certificate for a server needs a name; give one");
        }
        List<byte[]> names = new ArrayList<>();
        for (String host : hosts) {
            names.add(alternativeName(host));
        }
        return new NewCertificate(hosts[0], names, FOR_SERVERS);
    }

    /** One for a client. */
    public static NewCertificate forClient(String name) {
        return new NewCertificate(name, List.of(), FOR_CLIENTS);
    }

    /** One that signs others. */
    public static NewCertificate authority(String name) {
        return new NewCertificate(name, List.of(), null);
    }

    /** With a new key of this kind, instead of ECDSA. */
    public NewCertificate with(KeyKind other) {
        kind = other;
        return this;
    }

    /** With this key, instead of a new one. */
    public NewCertificate with(KeyPair present) {
        key = present;
        return this;
    }

    /** Signed by an authority, instead of by itself. */
    public NewCertificate signedBy(CertifiedKey authority) {
        issuer = authority;
        return this;
    }

    /** Valid in this time, instead of from an hour ago for a year. */
    public NewCertificate valid(Instant first, Instant last) {
        from = first;
        until = last;
        return this;
    }

    /** Makes it: with its chain, which ends with the issuer unless that is self-signed. */
    public CertifiedKey make() {
        KeyPair pair = key != null ? key : kind.newKey();
        CertifiedKey signer = issuer;
        try {
            X509Certificate certificate = signer == null
                    ? certificate(pair.getPublic(), subject, pair.getPublic(), pair)
                    : certificate(
                            pair.getPublic(),
                            signer.certificate().getSubjectX500Principal(),
                            signer.certificate().getPublicKey(),
                            new KeyPair(signer.certificate().getPublicKey(), signer.key()));
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
            if (signer != null && !isSelfSigned(signer.certificate())) {
                chain.addAll(signer.chain());
            }
            return new CertifiedKey(chain, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no certificate for " + subject, e);
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private X509Certificate certificate(PublicKey own, X500Principal signer, PublicKey signersKey, KeyPair signing)
            throws GeneralSecurityException {
        KeyKind signersKind = KeyKind.of(signing.getPrivate());
        byte[] content = Der.sequence(
                Der.within(0, Der.integer(2)), // version 3
                Der.integer(new BigInteger(127, new SecureRandom()).setBit(126)), // of a fixed length
                signersKind.algorithm(),
                signer.getEncoded(),
                Der.sequence(Der.time(from), Der.time(until)),
                subject.getEncoded(),
                own.getEncoded(),
                Der.within(3, Der.sequence(extensions(own, signersKey))));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(signersKind.signed(content, signing.getPrivate())));
    }

    private byte[] extensions(PublicKey own, PublicKey signer) throws GeneralSecurityException {
        String use = purpose;
        byte[] extensions = Der.join(
                extension("2.5.29.14", Der.octets(identifierOf(own))),
                extension("2.5.29.35", Der.sequence(Der.as(0, identifierOf(signer)))));
        if (use == null) {
            return Der.join(
                    extensions,
                    mandatory("2.5.29.19", Der.sequence(Der.yes())),
                    mandatory("2.5.29.15", Der.flags(SIGNS_CERTIFICATES | SIGNS_LISTS)));
        }
        extensions = Der.join(
                extensions,
                mandatory("2.5.29.19", Der.sequence()),
                mandatory("2.5.29.15", Der.flags(SIGNS_DATA)),
                extension("2.5.29.37", Der.sequence(Der.identifier(use))));
        return alternativeNames.isEmpty()
                ? extensions
                : Der.join(extensions, extension("2.5.29.17", Der.sequence(alternativeNames.toArray(byte[][]::new))));
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    private static byte[] mandatory(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(value));
    }

    /** Any digest of the key will do (RFC 5280 section 4.2.1.2). */
    private static byte[] identifierOf(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    }

    private static byte[] alternativeName(String host) {
        try {
            return Der.as(IP_ADDRESS, InetAddress.ofLiteral(host).getAddress());
        } catch (IllegalArgumentException e) { // it is a name
            return Der.as(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** A list with which an authority revokes certificates, in force for a week. */
    public static X509CRL revocations(CertifiedKey authority, List<X509Certificate> revoked) {
        try {
            KeyKind kind = KeyKind.of(authority.key());
            Instant now = Instant.now();
            byte[][] entries = revoked.stream()
                    .map(certificate -> Der.sequence(Der.integer(certificate.getSerialNumber()), Der.time(now)))
                    .toArray(byte[][]::new);
            byte[] content = Der.sequence(
                    Der.integer(1), // version 2
                    kind.algorithm(),
                    authority.certificate().getSubjectX500Principal().getEncoded(),
                    Der.time(now.minus(Duration.ofHours(1))),
                    Der.time(now.plus(Duration.ofDays(7))),
                    entries.length == 0 ? new byte[0] : Der.sequence(entries),
                    Der.within(0, Der.sequence(extension("2.5.29.20", Der.integer(1))))); // the list's number
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(kind.signed(content, authority.key())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no list of revocations", e);
        }
    }
}
