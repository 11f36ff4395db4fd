package org.pollux.reactor.tls.base;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of keys of a certificate that is made here, and how they sign. */
public enum KeyKind {
    /** On the curve P-256: every client knows it, and it is fast. */
    ECDSA("EC", "SHA256withECDSA", new ECGenParameterSpec("secp256r1")) {
        @Override
        byte[] algorithm() {
            return Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
        }
    },
    /** With 2,048 bits. */
    RSA("RSA", "SHA256withRSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)) {
        @Override
        byte[] algorithm() {
            return Der.sequence(Der.identifier("1.2.840.113549.1.1.11"), Der.nothing());
        }
    },
    /** Browsers do not know it. */
    ED25519("EdDSA", "Ed25519", NamedParameterSpec.ED25519) {
        @Override
        byte[] algorithm() {
            return Der.sequence(Der.identifier("1.3.101.112"));
        }
    };

    private final String name;
    private final String signature;

    @SuppressWarnings("ImmutableEnumChecker") // none of them can be changed
    private final AlgorithmParameterSpec parameters;

    KeyKind(String name, String signature, AlgorithmParameterSpec parameters) {
        this.name = name;
        this.signature = signature;
        this.parameters = parameters;
    }

    /** A new key. RSA takes some tenths of a second. */
    public KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance(name);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no key of the kind " + this, e);
        }
    }

    static KeyKind of(PrivateKey key) {
        for (KeyKind kind : values()) {
            if (kind.name.equals(key.getAlgorithm())) {
                return kind;
            }
        }
        throw new IllegalArgumentException("A key of the kind " + key.getAlgorithm() + " does not sign here");
    }

    /** The identifier of its signatures, in DER. */
    abstract byte[] algorithm();

    /** A certificate or a list: what is to be signed, with its signature (RFC 5280 section 4.1). */
    byte[] signed(byte[] content, PrivateKey key) throws GeneralSecurityException {
        var signing = Signature.getInstance(signature);
        signing.initSign(key);
        signing.update(content);
        return Der.sequence(content, algorithm(), Der.bits(signing.sign()));
    }
}
