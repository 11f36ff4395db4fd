package org.pollux.reactor.server.certificates;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Reads private keys. */
final class PrivateKeys {

    /** The remedy. */
    static final String DECRYPT =
            "write it without one (openssl pkey -in FILE -out NEW), and let only the server read it";

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;

    private PrivateKeys() {}

    /**
     * Reads a key in PKCS#8, PKCS#1 or SEC 1.
     *
     * @param of the public key of its certificate; it says what the older two forms leave out
     */
    static PrivateKey read(Pem block, PublicKey of) throws BadCertificateException {
        if (block.label().startsWith("ENCRYPTED")) {
            throw new BadCertificateException("the private key has a passphrase: " + DECRYPT);
        }
        byte[] pkcs8 = block.is(Pem.PRIVATE_KEY) ? block.der() : pkcs8(algorithm(of), block.der());
        try {
            return KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BadCertificateException(
                    "the private key is no " + of.getAlgorithm() + " key, but that of its certificate is: put the key"
                            + " there for which the certificate was made",
                    e);
        }
    }

    /** The older forms lack the version and the algorithm, which PKCS#8 (RFC 5208) puts before them. */
    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, join(der(INTEGER, new byte[1]), algorithm, der(OCTETS, key)));
    }

    /** The first part of a public key: the algorithm with its parameters. */
    private static byte[] algorithm(PublicKey of) {
        byte[] encoded = of.getEncoded();
        int start = 2 + more(encoded[1]);
        return Arrays.copyOfRange(encoded, start, start + 2 + encoded[start + 1]); // it is short
    }

    private static int more(byte length) {
        return length < 0 ? length & 0x7f : 0;
    }

    private static byte[] der(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
