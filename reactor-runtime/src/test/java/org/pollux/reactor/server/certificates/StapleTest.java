package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OCSP response beside a certificate. The resources were made with {@code openssl ocsp}; the responses are good for a week from
 * {@link #TODAY} on.
 */
class StapleTest {

    private static final Instant TODAY = Instant.parse("2026-11-30T00:00:00Z");

    @TempDir
    private Path folder;

    private Instant today = TODAY;
    private long now;
    private CertificateFolder certificates;

    @BeforeEach
    void start() throws IOException {
        put("server.pem", "server.pem");
        Files.setPosixFilePermissions(folder.resolve("server.pem"), PosixFilePermissions.fromString("rw-------"));
        certificates = new CertificateFolder(folder, () -> today);
    }

    private void put(String resource, String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(StapleTest.class.getResourceAsStream("ocsp/" + resource), resource)) {
            Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Some looks later, so that changed files have settled. */
    private @Nullable ByteBuffer staple() {
        for (int i = 0; i < 2; i++) {
            certificates.turn(now, false);
            now += Duration.ofMinutes(1).toNanos();
        }
        return certificates.inForce().getFirst().key().ocspResponse();
    }

    private void assertRefused(String reason) {
        assertNull(staple());
        List<String> problems = certificates.problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(reason), problems::toString);
        assertTrue(problems.getFirst().contains("server.ocsp: "), problems::toString);
        assertTrue(problems.getFirst().endsWith("The certificate is in force without it"), problems::toString);
    }

    @Test
    void aGoodResponseIsStapledAndComesAndGoesWithItsFile() throws IOException {
        assertNull(staple());
        put("server.ocsp", "server.ocsp");
        assertNotNull(staple());
        assertEquals(List.of(), certificates.problems());
        Files.delete(folder.resolve("server.ocsp"));
        assertNull(staple());
    }

    @Test
    void itIsDroppedAndToldWhenItExpires() throws IOException {
        put("server.ocsp", "server.ocsp");
        assertNotNull(staple());
        today = TODAY.plus(Duration.ofDays(8));
        assertRefused("validity interval is out-of-date");
    }

    @Test
    void thatOfAnotherCertificateIsRefused() throws IOException {
        put("other.ocsp", "server.ocsp");
        assertRefused("is refused (");
    }

    @Test
    void oneThatWasChangedIsRefused() throws IOException {
        put("server.ocsp", "server.ocsp");
        byte[] bytes = Files.readAllBytes(folder.resolve("server.ocsp"));
        bytes[bytes.length - 200] ^= 1;
        Files.write(folder.resolve("server.ocsp"), bytes);
        assertRefused("the OCSP response ");
    }

    /** The JDK has an unchecked exception for this one. */
    @Test
    void oneWhoseNameOfTheResponderIsDamagedIsRefused() throws IOException {
        put("server.ocsp", "server.ocsp");
        byte[] bytes = Files.readAllBytes(folder.resolve("server.ocsp"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\u0006\u0003\u0055\u0004")] = 7; // no identifier of an attribute any more
        Files.write(folder.resolve("server.ocsp"), bytes);
        assertRefused("the OCSP response cannot be checked: ");
    }

    @Test
    void aRevocationIsToldAndNotStapled() throws IOException {
        put("revoked.ocsp", "server.ocsp");
        assertRefused("says that the certificate is revoked");
    }

    @Test
    void aResponseThatIsStillWrittenIsNotToldAsABadOne() throws IOException {
        assertNull(staple());
        put("server.ocsp", "whole");
        byte[] whole = Files.readAllBytes(folder.resolve("whole"));
        Files.delete(folder.resolve("whole"));
        Path file = folder.resolve("server.ocsp");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        look(Duration.ofMillis(250));
        look(Duration.ofMillis(250));
        assertEquals(List.of(), certificates.problems());
        Files.write(file, whole);
        look(Duration.ofMillis(250));
        look(Duration.ofMillis(600));
        assertNotNull(certificates.inForce().getFirst().key().ocspResponse());
        assertEquals(List.of(), certificates.problems());
    }

    @Test
    void aCertificateThatComesWithItsResponseIsNeverInForceWithoutIt() throws IOException {
        Files.delete(folder.resolve("server.pem"));
        look(Duration.ZERO);
        put("server.ocsp", "server.ocsp");
        put("server.pem", "server.pem");
        Files.setPosixFilePermissions(folder.resolve("server.pem"), PosixFilePermissions.fromString("rw-------"));
        for (int i = 0; i < 20 && certificates.inForce().isEmpty(); i++) {
            look(Duration.ofMillis(100));
        }
        assertNotNull(certificates.inForce().getFirst().key().ocspResponse());
    }

    private void look(Duration later) {
        now += later.toNanos();
        certificates.turn(now, false);
    }
}
