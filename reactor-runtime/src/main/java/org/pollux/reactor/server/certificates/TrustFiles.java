package org.pollux.reactor.server.certificates;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pollux.reactor.tls.Trust;

/**
 * The files that say whose client certificates are accepted.
 *
 * @param authorities PEM, with the certificate of each
 * @param revocations PEM, with lists that they have signed
 */
public record TrustFiles(Path authorities, Optional<Path> revocations) {

    private static final String LIST = "X509 CRL";

    /**
     * Looks at the files once, and reads them if they have changed.
     *
     * @param now in nanoseconds
     */
    public void look(WatchedFiles<Trust> watch, long now) {
        List<Path> files = new ArrayList<>(List.of(authorities));
        revocations.ifPresent(files::add);
        watch.look(files, this::read, now, false);
    }

    private Trust read() throws BadCertificateException {
        List<X509Certificate> trusted = certificates();
        if (trusted.isEmpty()) {
            throw new BadCertificateException(authorities
                    + ": there is no certificate in it: it needs a block BEGIN CERTIFICATE of each authority");
        }
        return new Trust.Authorities(trusted, lists());
    }

    private List<X509Certificate> certificates() throws BadCertificateException {
        return CertificateReader.certificates(Pem.read(CertificateReader.bytes(authorities)));
    }

    private List<X509CRL> lists() throws BadCertificateException {
        if (revocations.isEmpty()) {
            return List.of();
        }
        Path file = revocations.get();
        List<X509CRL> lists = new ArrayList<>();
        for (Pem block : Pem.read(CertificateReader.bytes(file))) {
            if (block.is(LIST)) {
                lists.add(list(file, block.der()));
            }
        }
        if (lists.isEmpty()) {
            throw new BadCertificateException(file + ": there is no list in it: it needs a block BEGIN " + LIST);
        }
        return lists;
    }

    private static X509CRL list(Path file, byte[] der) throws BadCertificateException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CertificateException | CRLException e) {
            throw new BadCertificateException(file + ": a list is damaged (" + e.getMessage() + "): copy it again", e);
        }
    }
}
