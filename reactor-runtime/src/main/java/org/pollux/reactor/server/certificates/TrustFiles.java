package org.pollux.reactor.server.certificates;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
        List<X509CRL> lists = lists();
        for (X509CRL list : lists) {
            requireGenuine(list, trusted);
        }
        return new Trust.Authorities(trusted, lists);
    }

    /** The list of an authority below these is signed by a certificate that clients send, so it is not checked here. */
    private void requireGenuine(X509CRL list, List<X509Certificate> trusted) throws BadCertificateException {
        List<X509Certificate> named = trusted.stream()
                .filter(one -> one.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .toList();
        if (!named.isEmpty() && named.stream().noneMatch(one -> isSigned(list, one))) {
            throw new BadCertificateException(revocations.orElseThrow() + ": the list of "
                    + list.getIssuerX500Principal() + " is not signed by the authority of this name in " + authorities
                    + ": fetch the list of this authority, or add the certificate that has signed it");
        }
    }

    private static boolean isSigned(X509CRL list, X509Certificate authority) {
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
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
