package org.pollux.http.server.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret of those who may administer the server. Comparing takes the same time, however much of it was guessed. */
record AccessToken(String text) {

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /**
     * The token in a file that only its owner can read. The file is made when it is missing.
     *
     * @throws IOException when it can be neither read nor made, or others can read it, with the remedy
     */
    static AccessToken in(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            try (var made = Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                made.write(UTF_8.encode(Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n"));
            }
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("Other users can read " + file + ": chmod 600 it, and replace the token");
        }
        String text = Files.readString(file).strip();
        if (text.isEmpty()) {
            throw new IOException(file + " is empty: delete it, and another one is made");
        }
        return new AccessToken(text);
    }

    boolean matches(String given) {
        return MessageDigest.isEqual(text.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "a token";
    }
}
