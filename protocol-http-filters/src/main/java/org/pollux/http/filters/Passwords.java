package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The users of one reading of a password file. A password that was right is remembered, as a digest with a secret of this
 * process, until the file is read again: so only the first request of a user costs the time of a hash. From any thread.
 */
final class Passwords {

    private final Map<String, PasswordHash> users;

    /** One of the users', which is hashed for a name that is unknown, so that the time does not tell. Absent without users. */
    private final Optional<PasswordHash> some;

    /** By user, the digest of the password that was right last: bcrypt takes every password that begins with the same 72 bytes. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    private final byte[] secret = new byte[32];

    private Passwords(Map<String, PasswordHash> users) {
        this.users = users;
        this.some = users.values().stream().findFirst();
        new SecureRandom().nextBytes(secret);
    }

    /**
     * Reads a file of htpasswd.
     *
     * @throws IllegalArgumentException with the file, the line and the remedy
     */
    static Passwords read(Path file) throws IOException {
        return new Passwords(SecretLines.read(file, PasswordHash::of));
    }

    /** Whether this was right before. It costs little. */
    boolean isKnown(String user, byte[] password) {
        return digest(user, password).equals(known.get(user));
    }

    /** Whether it is right. It takes the time of a hash, also for a name that is not there. */
    boolean isRight(String user, byte[] password) {
        PasswordHash hash = users.get(user);
        boolean fits = Optional.ofNullable(hash)
                .or(() -> some)
                .filter(any -> any.isFor(password))
                .isPresent();
        boolean right = fits && hash != null;
        if (right) {
            known.put(user, digest(user, password));
        }
        return right;
    }

    private String digest(String user, byte[] password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(secret);
            sha.update(user.getBytes(UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(password));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
