package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pollux.reactor.server.certificates.TestCertificates.pem;
import static org.pollux.reactor.server.certificates.TestCertificates.write;

import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** The files that say whose client certificates are accepted. */
class TrustFilesTest {

    @TempDir
    private Path folder;

    private final CertifiedKey authority = NewCertificate.authority("clients").make();
    private final WatchedFiles<Trust> watch = new WatchedFiles<>();

    @BeforeEach
    void trustTheAuthority() {
        write(folder.resolve("ca.pem"), pem(authority));
    }

    private void look(X509CRL... lists) throws CRLException {
        StringBuilder text = new StringBuilder();
        for (X509CRL list : lists) {
            text.append(new Pem("X509 CRL", list.getEncoded()));
        }
        write(folder.resolve("crl.pem"), text.toString());
        new TrustFiles(folder.resolve("ca.pem"), Optional.of(folder.resolve("crl.pem"))).look(watch, 0);
    }

    private static X509CRL listOf(CertifiedKey signer) {
        return NewCertificate.revocations(signer, List.of());
    }

    @Test
    void theListOfAnAuthorityAndThatOfAnotherOneBelowItAreUsed() throws CRLException {
        look(listOf(authority), listOf(NewCertificate.authority("below").make()));
        assertEquals(Optional.empty(), watch.problem());
        assertEquals(
                2,
                ((Trust.Authorities) watch.value().orElseThrow()).revocations().size());
    }

    /** One engine would ignore it, and another one refuse all clients. */
    @Test
    void aListThatAnotherOneOfTheSameNameHasSignedIsRefused() throws CRLException {
        look(listOf(authority), listOf(NewCertificate.authority("clients").make()));
        assertEquals(
                Optional.of(folder.resolve("crl.pem")
                        + ": the list of CN=clients is not signed by the authority of this name in "
                        + folder.resolve("ca.pem")
                        + ": fetch the list of this authority, or add the certificate that has signed it"),
                watch.problem());
        assertEquals(Optional.empty(), watch.value());
    }
}
