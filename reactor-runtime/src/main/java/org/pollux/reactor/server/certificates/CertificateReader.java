package org.pollux.reactor.server.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.pollux.reactor.tls.CertifiedKey;

/** Reads the files of one certificate, and checks everything that a client, or an attacker, would notice. */
final class CertificateReader {

    /** More than the longest chain; a certificate has a few KiB. */
    private static final int MOST = 1024 * 1024;

    /** Extended key usages: serverAuth, and any. */
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";

    private static final String FOR_ALL = "2.5.29.37.0";

    private static final Set<PosixFilePermission> TOO_OPEN =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private CertificateReader() {}

    /**
     * Reads a certificate.
     *
     * @param name of its files, for people
     * @throws BadCertificateException when it cannot be used, with the file, the reason and the remedy
     */
    static ServerCertificate read(String name, CertificateFiles files, Instant now) throws BadCertificateException {
        try {
            ServerCertificate read = files.isPkcs12() ? pkcs12(name, files) : pem(name, files);
            Strength.require(read.key().chain());
            requireForServers(read.leaf());
            requireValid(read.leaf(), now);
            return read;
        } catch (BadCertificateException e) {
            throw new BadCertificateException(files.chain() + ": " + e.getMessage(), e);
        }
    }

    // ---- the forms

    private static ServerCertificate pem(String name, CertificateFiles files) throws BadCertificateException {
        List<X509Certificate> chain = certificates(Pem.read(bytes(files.chain())));
        if (chain.isEmpty()) {
            throw new BadCertificateException(
                    "there is no certificate in it: it needs a block BEGIN CERTIFICATE. If it is in DER, convert it: openssl"
                            + " x509 -in FILE -out NEW");
        }
        Pem key = Pem.read(bytes(files.secret())).stream()
                .filter(Pem::isKey)
                .findFirst()
                .orElseThrow(() -> new BadCertificateException("there is no private key in " + files.secret()
                        + ": put it into the file " + keyFile(files.chain()) + ", or behind the certificate"));
        requireSecret(files.secret());
        PrivateKey read = PrivateKeys.read(key, chain.getFirst().getPublicKey());
        return certificate(name, chain, read);
    }

    private static ServerCertificate certificate(String name, List<X509Certificate> chain, PrivateKey key)
            throws BadCertificateException {
        try {
            return new ServerCertificate(name, new CertifiedKey(chain, key));
        } catch (IllegalArgumentException e) {
            throw new BadCertificateException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String keyFile(Path chain) {
        return chain.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".key";
    }

    /** The certificates of PEM blocks, in their order. */
    static List<X509Certificate> certificates(List<Pem> blocks) throws BadCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem block : blocks) {
            if (block.is(Pem.CERTIFICATE)) {
                chain.add(certificate(block.der()));
            }
        }
        return List.copyOf(chain);
    }

    static X509Certificate certificate(byte[] der) throws BadCertificateException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new BadCertificateException(
                    "a certificate is damaged (" + e.getMessage() + "): copy the file again", e);
        }
    }

    private static ServerCertificate pkcs12(String name, CertificateFiles files) throws BadCertificateException {
        requireSecret(files.secret());
        requireSecret(files.chain());
        char[] password = files.secret().equals(files.chain()) ? new char[0] : password(files.secret());
        try (InputStream in = new ByteArrayInputStream(bytes(files.chain()))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return certificate(name, chain(store, alias), key);
                }
            }
            throw new BadCertificateException("there is no private key in it: export the certificate with its key");
        } catch (IOException | GeneralSecurityException e) {
            throw new BadCertificateException(
                    "it cannot be opened (" + Objects.requireNonNullElse(e.getMessage(), "it is damaged")
                            + "): write its password into the file "
                            + keyFile(files.chain()).replace(".key", ".password"),
                    e);
        }
    }

    private static List<X509Certificate> chain(KeyStore store, String alias)
            throws GeneralSecurityException, BadCertificateException {
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain == null) {
            throw new BadCertificateException(
                    "there is no certificate for its private key in it: export the key with its certificate");
        }
        return Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    private static char[] password(Path file) throws BadCertificateException {
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").toCharArray();
    }

    // ---- files

    /** Reads a whole file. A pipe is refused, because it would hold up the watch of all files. */
    static byte[] bytes(Path file) throws BadCertificateException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadCertificateException(file + " is not a regular file: put the content there");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST + 1);
            if (content.length > MOST) {
                throw new BadCertificateException("it has more than " + MOST + " bytes: it is not a certificate");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new BadCertificateException("the file " + file + " does not exist: put it there", e);
        } catch (AccessDeniedException e) {
            throw new BadCertificateException(
                    "the server may not read " + file + ": let its user read it (chown, chmod 600)", e);
        } catch (IOException e) {
            throw new BadCertificateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The group may read a key, because some systems have one for that; nobody else may. */
    static void requireSecret(Path file) throws BadCertificateException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(TOO_OPEN::contains)) {
                throw new BadCertificateException(
                        "the permissions of " + file + " are " + PosixFilePermissions.toString(permissions)
                                + ", so that others could have copied or replaced the private key: chmod 600 " + file
                                + ", and think about a new key");
            }
        } catch (NoSuchFileException e) {
            throw new BadCertificateException(file + " does not exist: the private key belongs there", e);
        } catch (IOException e) {
            throw new BadCertificateException(file + ": its permissions cannot be read: " + e.getMessage(), e);
        } catch (UnsupportedOperationException _) {
            // the file system knows no such permissions
        }
    }

    // ---- the content

    /** Clients refuse one whose issuer allows other uses only (RFC 5280, section 4.2.1.12). */
    private static void requireForServers(X509Certificate leaf) throws BadCertificateException {
        List<String> uses;
        try {
            uses = leaf.getExtendedKeyUsage();
        } catch (CertificateException e) {
            throw new BadCertificateException("its extended key usage cannot be read: " + e.getMessage(), e);
        }
        if (uses != null && !uses.contains(FOR_SERVERS) && !uses.contains(FOR_ALL)) {
            throw new BadCertificateException(
                    "it is not for servers: its extended key usage has no serverAuth. Clients would refuse it; take one that has");
        }
    }

    private static void requireValid(X509Certificate leaf, Instant now) throws BadCertificateException {
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new BadCertificateException("it expired at " + end + ": renew it");
        }
        if (now.isBefore(begin)) {
            throw new BadCertificateException("it is valid only from " + begin + " on, and is used then; it is " + now
                    + " now: use another one until then, or correct the clock");
        }
    }
}
