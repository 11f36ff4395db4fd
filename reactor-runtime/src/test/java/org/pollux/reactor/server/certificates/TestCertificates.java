package org.pollux.reactor.server.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.pollux.reactor.tls.CertifiedKey;

/** Writes certificates where a server looks, the good and the bad ones. */
public final class TestCertificates {

    private TestCertificates() {}

    /** The PEM block of a certificate. */
    public static String pem(CertifiedKey made) {
        try {
            return new Pem(Pem.CERTIFICATE, made.certificate().getEncoded()).toString();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    /** The PEM block of its key. */
    public static String key(CertifiedKey made) {
        return new Pem(Pem.PRIVATE_KEY, made.key().getEncoded()).toString();
    }

    /** Writes a file that only its owner can read, at once. */
    public static Path write(Path file, String... content) {
        return write(file, String.join("", content).getBytes(US_ASCII));
    }

    /** The same of bytes. */
    public static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.write(file.resolveSibling(".fresh"), content);
            return Files.move(chmod(fresh, "rw-------"), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Path chmod(Path file, String permissions) {
        try {
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void writePkcs12(Path file, CertifiedKey made, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "x", made.key(), password.toCharArray(), made.chain().toArray(new X509Certificate[0]));
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            chmod(file, "rw-------");
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A key without its certificate, as openssl pkcs12 -nocerts writes it. The password is empty. */
    static void writeBareKey(Path file, CertifiedKey made) throws GeneralSecurityException, IOException {
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(new char[0])));
        byte[] sealed = new EncryptedPrivateKeyInfo(
                        cipher.getParameters(), cipher.doFinal(made.key().getEncoded()))
                .getEncoded();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("x", sealed, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, new char[0]);
        }
        chmod(file, "rw-------");
    }
}
