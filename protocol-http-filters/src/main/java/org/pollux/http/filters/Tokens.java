package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The tokens of one reading of a token file, each as its SHA-256: tokens are random, so they need no slow hash. From any thread. */
final class Tokens {

    private final Map<String, byte[]> hashes;

    private Tokens(Map<String, byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Reads a file of lines {@code name:hash}.
     *
     * @throws IllegalArgumentException with the file, the line and the remedy
     */
    static Tokens read(Path file) throws IOException {
        return new Tokens(SecretLines.read(file, Tokens::hash));
    }

    private static byte[] hash(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a token stands as its SHA-256, 64 hexadecimal digits: make it by"
                    + " 'echo -n TOKEN | sha256sum'");
        }
        return HexFormat.of().parseHex(text);
    }

    /** The name of the token's owner. All tokens are compared, each in constant time. */
    Optional<String> owner(String token) {
        byte[] hash = sha256(token.getBytes(UTF_8));
        Optional<String> owner = Optional.empty();
        for (Map.Entry<String, byte[]> some : hashes.entrySet()) {
            if (MessageDigest.isEqual(some.getValue(), hash)) {
                owner = Optional.of(some.getKey());
            }
        }
        return owner;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
