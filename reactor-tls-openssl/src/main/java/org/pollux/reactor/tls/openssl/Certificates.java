package org.pollux.reactor.tls.openssl;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.tls.CertifiedKey;

/** Certificates and keys, from Java to OpenSSL and back: in DER. */
final class Certificates {

    private Certificates() {}

    /** An {@code X509}, which the caller frees. */
    static long x509(X509Certificate certificate) {
        try (Frame frame = new Frame()) {
            byte[] der = certificate.getEncoded();
            return orRefused(Crypto.D2I_X509.call(0, frame.pointerTo(der), der.length), certificate);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("This certificate has no encoding: " + certificate, e);
        }
    }

    private static long orRefused(long x509, X509Certificate certificate) {
        if (x509 == 0) {
            throw new IllegalArgumentException("OpenSSL cannot read the certificate of "
                    + certificate.getSubjectX500Principal() + ": " + ErrorQueue.take());
        }
        return x509;
    }

    /** An {@code EVP_PKEY}, which the caller frees. */
    static long privateKey(CertifiedKey certified) {
        byte[] der = certified.key().getEncoded();
        if (der == null) {
            throw new IllegalArgumentException("The private key of the " + certified
                    + " does not leave its device, and OpenSSL cannot use it there; choose the engine jsse");
        }
        try (Frame frame = new Frame()) {
            long key = Crypto.D2I_AUTO_PRIVATE_KEY.call(0, frame.pointerTo(der), der.length);
            if (key == 0) {
                throw new IllegalArgumentException(
                        "OpenSSL cannot read the private key of the " + certified + ": " + ErrorQueue.take());
            }
            return key;
        }
    }

    /** The certificate of an {@code X509}, which remains the caller's. */
    static X509Certificate certificate(long x509) {
        try (Frame frame = new Frame()) {
            int length = (int) Crypto.I2D_X509.call(x509, 0);
            long der = frame.bytes(length);
            Crypto.I2D_X509.call(x509, frame.pointer(der));
            return parse(Memory.bytes(der, length));
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("Java cannot read a certificate that OpenSSL has read", e);
        }
    }

    /** The certificates of the peer, its own first. On a server OpenSSL's chain is without it. */
    static List<X509Certificate> ofPeer(long ssl) {
        long own = Ssl.GET1_PEER_CERTIFICATE.call(ssl);
        if (own == 0) {
            return List.of();
        }
        List<X509Certificate> chain = new ArrayList<>();
        long others = Ssl.GET_PEER_CERT_CHAIN.call(ssl);
        int count = others == 0 ? 0 : (int) Crypto.SK_NUM.call(others);
        if (count == 0 || Ssl.IS_SERVER.call(ssl) == 1) {
            chain.add(certificate(own));
        }
        for (int i = 0; i < count; i++) {
            chain.add(certificate(Crypto.SK_VALUE.call(others, i)));
        }
        Crypto.X509_FREE.call(own);
        return chain;
    }
}
