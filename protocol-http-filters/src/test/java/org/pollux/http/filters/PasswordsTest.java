package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordsTest {

    @TempDir
    Path folder;

    @Test
    void onePasswordOfAUserIsRememberedThoughBcryptTakesAllThatBeginWithTheSame72Bytes() throws IOException {
        String begin = "x".repeat(72);
        Path file = Files.createFile(
                folder.resolve("htpasswd"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "ada:$2y$04$2cNx9JspdC6eNT5VOhY.P.TMT2yzLguAAcr8Wj9hj4BJbjTuiBEbG\n");
        Passwords passwords = Passwords.read(file);

        assertTrue(passwords.isRight("ada", bytes(begin + "1")));
        assertTrue(passwords.isKnown("ada", bytes(begin + "1")));
        assertTrue(passwords.isRight("ada", bytes(begin + "2")));
        assertTrue(passwords.isKnown("ada", bytes(begin + "2")));
        assertFalse(passwords.isKnown("ada", bytes(begin + "1")));
        assertFalse(passwords.isKnown("bob", bytes(begin + "2")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
