package org.pollux.reactor.server.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Set;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.base.NewCertificate;

/** Writes a certificate that no authority has signed, for a trial. */
public final class SelfSigned {

    private SelfSigned() {}

    /**
     * Writes a certificate and its key into a new file {@code NAME.pem} of a folder, which only its owner can read.
     *
     * @param name a host name, which may begin with {@code *.}, or an address
     * @return the file
     * @throws IllegalArgumentException when that is not a name
     */
    public static Path write(Path folder, String name) throws IOException {
        if (!name.matches("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|[0-9A-Fa-f:]+")) {
            throw new IllegalArgumentException("'" + name + "' is not a name of a host: write one such as localhost");
        }
        // this machine is also reached by its loopback addresses
        CertifiedKey made = name.equals("localhost")
                ? NewCertificate.forHosts(name, "127.0.0.1", "::1").make()
                : NewCertificate.forHosts(name).make();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, owner("rwx------"));
        }
        Path file = folder.resolve(name.replace('*', '_').replace(':', '-') + ".pem");
        ByteBuffer content = US_ASCII.encode(pem(made));
        try (var out = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner("rw-------"))) {
            while (content.hasRemaining()) {
                out.write(content);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " exists already: delete it first, or choose another name", e);
        }
        return file;
    }

    private static FileAttribute<?> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static String pem(CertifiedKey made) {
        try {
            return new Pem(Pem.CERTIFICATE, made.certificate().getEncoded()).toString()
                    + new Pem(Pem.PRIVATE_KEY, made.key().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A new certificate has no form", e);
        }
    }
}
