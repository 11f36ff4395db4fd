package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.util.Base64;
import org.pollux.reactor.tls.CertifiedKey;

/** Writes certificates as an operator does: a whole file at once, for the owner alone. */
final class CertificateFile {

    private CertificateFile() {}

    /** The chain with its key. */
    static Path write(Path file, CertifiedKey made) {
        return write(file, pem(made) + block("PRIVATE KEY", made.key().getEncoded()));
    }

    static Path write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.write(file.resolveSibling(".fresh"), content.getBytes(US_ASCII));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(CertifiedKey made) {
        try {
            return block("CERTIFICATE", made.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    static String pem(X509CRL list) {
        try {
            return block("X509 CRL", list.getEncoded());
        } catch (CRLException e) {
            throw new AssertionError(e);
        }
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
