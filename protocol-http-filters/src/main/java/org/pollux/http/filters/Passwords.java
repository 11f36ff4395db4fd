package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The users of one reading of a password file. A password that was right is remembered, as a digest with a secret of this
 * process, until the file is read again: so only the first request of a user costs milliseconds. From any thread.
 */
final class Passwords {

    /** Takes the time of a usual one, for names that are unknown. Nobody knows its password. */
    private static final ShaCrypt NOBODY = ShaCrypt.of("$6$nobody$" + "n".repeat(86));

    private final Map<String, ShaCrypt> users;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final byte[] secret = new byte[32];

    private Passwords(Map<String, ShaCrypt> users) {
        this.users = users;
        new SecureRandom().nextBytes(secret);
    }

    /**
     * Reads a file of htpasswd.
     *
     * @throws IllegalArgumentException with the file, the line and the remedy
     */
    static Passwords read(Path file) throws IOException {
        return new Passwords(SecretLines.read(file, ShaCrypt::of));
    }

    /** Whether this was right before. It costs little. */
    boolean isKnown(String user, byte[] password) {
        return known.contains(digest(user, password));
    }

    /** Whether it is right. It takes milliseconds, also for a name that is not there. */
    boolean isRight(String user, byte[] password) {
        ShaCrypt hash = users.getOrDefault(user, NOBODY);
        boolean right = hash.isFor(password) && !hash.equals(NOBODY);
        if (right) {
            boolean _ = known.add(digest(user, password)); // one for each user
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
