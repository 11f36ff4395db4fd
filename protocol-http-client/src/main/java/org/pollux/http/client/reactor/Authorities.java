package org.pollux.http.client.reactor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Authorities of one's own, to be trusted instead of those of the system. */
public final class Authorities {

    private Authorities() {}

    /**
     * Reads the certificates in a PEM file.
     *
     * @return one at least
     * @throws CertificateException when there is none; the message continues a sentence that names the file
     * @throws IOException when the file cannot be read
     */
    public static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        List<X509Certificate> found;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new CertificateException("it has no certificates in PEM: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in it; a file in PEM is needed");
        }
        return found;
    }
}
