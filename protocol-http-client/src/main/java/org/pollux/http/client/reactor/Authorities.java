package org.pollux.http.client.reactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authorities of one's own, to be trusted instead of those of the system. */
public final class Authorities {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    /** The list of all public authorities has 220 KB. */
    private static final int MOST_OCTETS = 16 << 20;

    private Authorities() {}

    /**
     * Reads the certificates in a PEM file (RFC 7468). Whatever else is in it, as a private key, is left aside.
     *
     * @return one at least
     * @throws CertificateException when there is none, or one cannot be read; the message continues a sentence that names the
     *     file
     * @throws IOException when the file cannot be read, is a folder, or has more than 16 MiB
     */
    public static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(text(file));
        while (blocks.find()) {
            try {
                found.add((X509Certificate) factory.generateCertificate(
                        new ByteArrayInputStream(blocks.group().getBytes(ISO_8859_1))));
            } catch (CertificateException e) {
                throw new CertificateException(
                        "certificate " + (found.size() + 1) + " in it cannot be read: " + e.getMessage(), e);
            }
        }
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in it; a file in PEM is needed");
        }
        return found;
    }

    /** A pipe tells no size, and may never end: no more is read than the limit. */
    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": it is a folder; a file with certificates in PEM is needed");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw new IOException(file + ": it has more than 16 MiB; a file with certificates in PEM is needed");
            }
            return new String(octets, ISO_8859_1);
        }
    }
}
