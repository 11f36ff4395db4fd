package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate for a trial passes all checks of the folder. */
final class SelfSignedTest {

    @TempDir
    private Path folder;

    @Test
    void isReadByTheServer() throws Exception {
        Path file = SelfSigned.write(folder.resolve("tls"), "localhost");
        assertEquals("localhost.pem", file.getFileName().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        ServerCertificate read = CertificateReader.read("x", new CertificateFiles(file, file), Instant.now());
        assertEquals(
                Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), read.key().names());
        read.leaf().verify(read.leaf().getPublicKey());
    }

    @Test
    void replacesNoOther() throws IOException {
        SelfSigned.write(folder, "*.example");
        assertEquals(
                folder.resolve("_.example.pem") + " exists already: delete it first, or choose another name",
                assertThrows(IOException.class, () -> SelfSigned.write(folder, "*.example"))
                        .getMessage());
    }

    @Test
    void refusesWhatIsNoName() {
        assertEquals(
                "'../x' is not a name of a host: write one such as localhost",
                assertThrows(IllegalArgumentException.class, () -> SelfSigned.write(folder, "../x"))
                        .getMessage());
    }
}
