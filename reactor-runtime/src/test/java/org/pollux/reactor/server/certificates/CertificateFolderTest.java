package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.certificates.TestCertificates.chmod;
import static org.pollux.reactor.server.certificates.TestCertificates.key;
import static org.pollux.reactor.server.certificates.TestCertificates.pem;
import static org.pollux.reactor.server.certificates.TestCertificates.write;
import static org.pollux.reactor.server.certificates.TestCertificates.writeBareKey;
import static org.pollux.reactor.server.certificates.TestCertificates.writePkcs12;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.base.KeyKind;
import org.pollux.reactor.tls.base.NewCertificate;

/** Certificates are found, checked and renewed, and bad ones are refused with the reason and the remedy. */
final class CertificateFolderTest {

    private static final Duration DAY = Duration.ofDays(1);

    /** Made by OpenSSL, with its key: it names a.example, and its authority has signed it with SHA-1. */
    private static final String SIGNED_WITH_SHA1 = """
            -----BEGIN CERTIFICATE-----
            MIIBIDCByAIUOT3bfkEa6YZ7flHg9w5BmHbMAGAwCQYHKoZIzj0EATASMRAwDgYD
            VQQDDAdUZXN0IENBMCAXDTI2MTEzMDE2MTg1NVoYDzIxMjYxMTA2MTYxODU1WjAU
            MRIwEAYDVQQDDAlhLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATk
            sUjcbCwKCw4ESVC5aInki0znxcULqC6TQ06AEH8XqcF2aYjZNSzL9Vqeczgat8au
            ECZr09zE3D8nZCwe+UcVMAkGByqGSM49BAEDSAAwRQIgTNFKfMemjB4EjRr1Uh1E
            fMIZsh+qqRTXxRFiWBBAiCMCIQDJgbz1WXzN3GdggN2FruboEBcMaHMaXMnTYo97
            nhPj5w==
            -----END CERTIFICATE-----
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKvpyD4gBvQoFZQsK
            FA0Axkz5tTo9bjoyHY/DvMxvyH2hRANCAATksUjcbCwKCw4ESVC5aInki0znxcUL
            qC6TQ06AEH8XqcF2aYjZNSzL9Vqeczgat8auECZr09zE3D8nZCwe+UcV
            -----END PRIVATE KEY-----
            """;

    /** The same with a key on a curve that the JDK has given up. */
    private static final String ON_SECP256K1 = """
            -----BEGIN CERTIFICATE-----
            MIIBezCCASKgAwIBAgIUN0JDjV3mR3EUwm7Mx8nwaAAdDYQwCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJYS5leGFtcGxlMCAXDTI2MTEzMDE2MTg1NVoYDzIxMjYxMTA2
            MTYxODU1WjAUMRIwEAYDVQQDDAlhLmV4YW1wbGUwVjAQBgcqhkjOPQIBBgUrgQQA
            CgNCAAQWaOBdG5XpK1Do/gr1juTv/xpLF7HdoTW8+QZOM047uJjHiir8a/X86A4b
            9bU6JLJ2VDkx0tV4P8WSJoG3w4myo1MwUTAdBgNVHQ4EFgQUR3HYe9Kj2Z9HNY7/
            oUk7RFz9TjwwHwYDVR0jBBgwFoAUR3HYe9Kj2Z9HNY7/oUk7RFz9TjwwDwYDVR0T
            AQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBDsJCOMNXM8Ll4stSHhH/256/0
            IKXlNATL+74MB6SdXQIgdR6qwxk+kBPqTG/3sUeUsr/ja+eG1Y1uAbE+VxB5Nr0=
            -----END CERTIFICATE-----
            -----BEGIN PRIVATE KEY-----
            MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgu+01ynbPq2Ls8SkaLrKK
            5vSP4E8ZhgeISAW8zT6MYrqhRANCAAQWaOBdG5XpK1Do/gr1juTv/xpLF7HdoTW8
            +QZOM047uJjHiir8a/X86A4b9bU6JLJ2VDkx0tV4P8WSJoG3w4my
            -----END PRIVATE KEY-----
            """;

    /** The same, for clients only. */
    private static final String FOR_CLIENTS = """
            -----BEGIN CERTIFICATE-----
            MIIBqjCCAVCgAwIBAgIUAP6YGbVng5kYRQ2oR6yps2m/3VEwCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJYS5leGFtcGxlMCAXDTI2MTEzMDE3Mzg1MloYDzIxMjYxMTA2
            MTczODUyWjAUMRIwEAYDVQQDDAlhLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAASXG/VFvuBsjPdYIfYAw7ME7qH0A3pW63MfHdXnbyhHIeBkKrmQR6Q7
            7MHpoeFN/huPdxiAgJQEcOPehKrKmzQDo34wfDAdBgNVHQ4EFgQUNKo9Gu9LrRv9
            smRMSRoq2uBENeIwHwYDVR0jBBgwFoAUNKo9Gu9LrRv9smRMSRoq2uBENeIwDwYD
            VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglhLmV4YW1wbGUwEwYDVR0lBAwwCgYI
            KwYBBQUHAwIwCgYIKoZIzj0EAwIDSAAwRQIgLWbP6+V/QYC2XTDHVX6R37kBUxmP
            vo4MgxrYFWhM1A4CIQCwoHHOXkc6h1hBCQCj6EBm5UbSFEXLX1ZoZRk4bKfYSg==
            -----END CERTIFICATE-----
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBL0F1mBhlmWngTcT
            WLwKTMF5avmczp30mSA8uCpIwBWhRANCAASXG/VFvuBsjPdYIfYAw7ME7qH0A3pW
            63MfHdXnbyhHIeBkKrmQR6Q77MHpoeFN/huPdxiAgJQEcOPehKrKmzQD
            -----END PRIVATE KEY-----
            """;

    @TempDir
    private Path folder;

    private Instant calendar = Instant.now();
    private long now;
    private int changes;
    private CertificateFolder watched = new CertificateFolder(Path.of("none"), () -> calendar);

    @BeforeEach
    void watch() {
        watched = new CertificateFolder(folder, () -> calendar);
    }

    private void turn() {
        if (watched.turn(now, false)) {
            changes++;
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
        turn();
    }

    /** As the watch does it: four times a second. */
    private void passInSteps(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMillis(250)) {
            pass(Duration.ofMillis(250));
        }
    }

    private List<String> origins() {
        return watched.inForce().stream().map(ServerCertificate::origin).toList();
    }

    private String problem() {
        assertEquals(1, watched.problems().size(), watched.problems()::toString);
        return watched.problems().getFirst();
    }

    private static CertifiedKey made(String name) {
        return NewCertificate.forHosts(name).make();
    }

    // ---- what is found

    @Test
    void aFileWithBothACertificateAndItsKeyBesideAndTheFoldersOfCertbotAndKubernetesAreFound() throws IOException {
        CertifiedKey one = made("one.example");
        write(folder.resolve("one.pem"), key(one), pem(one));
        CertifiedKey two = made("two.example");
        write(folder.resolve("two.crt"), pem(two));
        write(folder.resolve("two.key"), key(two));
        CertifiedKey three = made("three.example");
        write(folder.resolve("three/fullchain.pem"), pem(three));
        write(folder.resolve("three/privkey.pem"), key(three));
        CertifiedKey four = made("four.example");
        write(folder.resolve("four/tls.crt"), pem(four));
        write(folder.resolve("four/tls.key"), key(four));
        Files.writeString(folder.resolve("README"), "nothing");
        Files.createDirectory(folder.resolve("clients"));
        turn();
        assertEquals(List.of(), watched.problems());
        assertEquals(List.of("four/tls.crt", "one.pem", "three/fullchain.pem", "two.crt"), origins());
        assertEquals(Set.of("one.example"), watched.inForce().get(1).key().names());
    }

    @Test
    void pkcs12IsOpenedWithThePasswordBesideIt() {
        writePkcs12(folder.resolve("a.p12"), made("a.example"), "secret");
        turn();
        assertEquals(
                folder.resolve("a.p12")
                        + ": it cannot be opened (keystore password was incorrect): write its password into"
                        + " the file a.password",
                problem());
        write(folder.resolve("a.password"), "secret\n");
        passInSteps(Duration.ofSeconds(1));
        assertEquals(List.of("a.p12"), origins());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void ecdsaAndRsaStandSideBySideAlsoWithKeysInTheirOldForms() {
        CertifiedKey ec = made("a.example");
        CertifiedKey rsa =
                NewCertificate.forHosts("a.example").with(KeyKind.RSA).make();
        write(
                folder.resolve("a-ec.pem"),
                pem(ec),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
                old(ec, "EC"));
        write(folder.resolve("a-rsa.pem"), pem(rsa), old(rsa, "RSA"));
        turn();
        assertEquals(List.of(), watched.problems());
        assertEquals(
                List.of("EC", "RSA"),
                watched.inForce().stream()
                        .map(c -> c.key().key().getAlgorithm())
                        .toList());
    }

    /** PKCS#1 and SEC 1: the last octet string of PKCS#8. */
    private static String old(CertifiedKey made, String kind) {
        byte[] pkcs8 = made.key().getEncoded();
        int head = kind.equals("RSA") ? 4 + 3 + 15 + 4 : 2 + 3 + 21 + 2;
        return new Pem(kind + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, head, pkcs8.length)).toString();
    }

    @Test
    void aChainMayGoUpToItsRoot() {
        CertifiedKey root = NewCertificate.authority("root").make();
        CertifiedKey leaf = NewCertificate.forHosts("a.example").signedBy(root).make();
        write(folder.resolve("a.pem"), pem(leaf), pem(root), key(leaf));
        turn();
        assertEquals(2, watched.inForce().getFirst().key().chain().size());
    }

    // ---- renewal

    @Test
    void aRenewedCertificateIsInForceWithinASecondAndTheOldOneUntilThen() {
        CertifiedKey old = made("a.example");
        write(folder.resolve("a.crt"), pem(old));
        write(folder.resolve("a.key"), key(old));
        turn();
        CertifiedKey renewed = made("a.example");
        write(folder.resolve("a.crt"), pem(renewed)); // half of it: the key follows
        pass(Duration.ofMillis(250));
        pass(Duration.ofMillis(250));
        assertEquals(old.certificate(), watched.inForce().getFirst().leaf());
        write(folder.resolve("a.key"), key(renewed));
        passInSteps(Duration.ofSeconds(1));
        assertEquals(renewed.certificate(), watched.inForce().getFirst().leaf());
        assertEquals(List.of(), watched.problems(), "no half was ever complained about");
        assertEquals(2, changes);
    }

    @Test
    void aBadRenewalIsRefusedAndTheOneBeforeStays() {
        CertifiedKey old = made("a.example");
        write(folder.resolve("a.crt"), pem(old));
        write(folder.resolve("a.key"), key(old));
        turn();
        write(folder.resolve("a.crt"), pem(made("a.example")));
        passInSteps(Duration.ofSeconds(2));
        assertEquals(old.certificate(), watched.inForce().getFirst().leaf());
        assertEquals(
                folder.resolve("a.crt")
                        + ": The private key does not belong to the certificate of CN=a.example; take the key with"
                        + " which it was requested. The one before stays in force",
                problem());
        write(folder.resolve("a.crt"), pem(old));
        passInSteps(Duration.ofSeconds(1));
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void aDeletedCertificateIsGoneButNotOneThatIsBeingReplaced() throws IOException {
        CertifiedKey made = made("a.example");
        Path file = write(folder.resolve("a.pem"), pem(made), key(made));
        turn();
        Files.delete(file);
        pass(Duration.ofMillis(250));
        assertEquals(List.of("a.pem"), origins());
        passInSteps(Duration.ofSeconds(2));
        assertEquals(List.of(), origins());
    }

    // ---- what is refused

    private String refusal(CertifiedKey made, String... more) {
        return refusal(pem(made) + String.join("", more));
    }

    private String refusal(String file) {
        write(folder.resolve("a.pem"), file);
        passInSteps(Duration.ofSeconds(2));
        assertEquals(List.of(), origins());
        String prefix = folder.resolve("a.pem") + ": ";
        assertTrue(problem().startsWith(prefix), problem());
        return problem().substring(prefix.length());
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        assertEquals(
                "there is no private key in " + folder.resolve("a.pem")
                        + ": put it into the file a.key, or behind the certificate",
                refusal(made("a.example")));
    }

    /** As most programs write it. */
    @Test
    void aCertificateThatEverybodyMayReadNeedsItsKeyAndNoOtherPermissions() {
        CertifiedKey made = made("a.example");
        chmod(write(folder.resolve("a.crt"), pem(made)), "rw-r--r--");
        turn();
        assertTrue(problem().contains(": there is no private key in "), problem());
    }

    @Test
    void aNewPairIsNotReportedBeforeItsKeyHasCome() {
        turn();
        CertifiedKey made = made("a.example");
        write(folder.resolve("a.crt"), pem(made));
        passInSteps(Duration.ofSeconds(1));
        assertEquals(List.of(), watched.problems());
        write(folder.resolve("a.key"), key(made));
        passInSteps(Duration.ofSeconds(1));
        assertEquals(List.of("a.crt"), origins());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void aNewCertificateWithoutItsKeyIsReportedWhenItsTimeIsOver() {
        turn();
        write(folder.resolve("a.crt"), pem(made("a.example")));
        passInSteps(Duration.ofSeconds(2));
        assertTrue(problem().contains(": there is no private key in "), problem());
    }

    @Test
    void theKeyOfAnotherKindIsRefused() {
        assertEquals(
                "the private key is no EC key, but that of its certificate is: put the key there for which the certificate"
                        + " was made",
                refusal(
                        made("a.example"),
                        key(NewCertificate.forHosts("a.example")
                                .with(KeyKind.RSA)
                                .make())));
    }

    @Test
    void aKeyWithAPassphraseIsRefused() {
        assertEquals(
                "the private key has a passphrase: " + PrivateKeys.DECRYPT,
                refusal(made("a.example"), new Pem("ENCRYPTED PRIVATE KEY", new byte[8]).toString()));
        String old = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,6B0E4E5B7A2C4A9F8D1E3C5B7A9F0D2E

                AAAAAAAAAAAAAAAAAAAAAA==
                -----END RSA PRIVATE KEY-----
                """;
        assertEquals("the private key has a passphrase: " + PrivateKeys.DECRYPT, refusal(made("a.example"), old));
    }

    @Test
    void anExpiredOneAndOneOfTheFutureAreRefusedUntilTheirTimeHasCome() {
        CertifiedKey past = NewCertificate.forHosts("a.example")
                .valid(calendar.minus(DAY.multipliedBy(2)), calendar.minus(DAY))
                .make();
        assertTrue(refusal(past, key(past)).matches("it expired at \\S+: renew it"), problem());
        CertifiedKey future = NewCertificate.forHosts("a.example")
                .valid(calendar.plus(DAY), calendar.plus(DAY.multipliedBy(2)))
                .make();
        write(folder.resolve("a.pem"), pem(future), key(future));
        passInSteps(Duration.ofSeconds(2));
        assertTrue(problem().contains("it is valid only from "), problem());
        calendar = calendar.plus(DAY).plusSeconds(1);
        pass(WatchedFiles.AGAIN);
        assertEquals(List.of("a.pem"), origins());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void aChainInTheWrongOrderIsRefused() {
        CertifiedKey root = NewCertificate.authority("root").make();
        CertifiedKey leaf = NewCertificate.forHosts("a.example").signedBy(root).make();
        assertEquals(
                "The certificate of CN=root is issued by CN=root, but the next one of the chain is of CN=a.example; put the"
                        + " issuers' certificates behind it, in order",
                refusal(root, pem(leaf), key(leaf)));
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedUntilItIsProtected() {
        CertifiedKey made = made("a.example");
        Path file = chmod(write(folder.resolve("a.pem"), pem(made), key(made)), "rw-r--r--");
        turn();
        assertEquals(
                file + ": the permissions of " + file
                        + " are rw-r--r--, so that others could have copied or replaced the private key: chmod 600 "
                        + file + ", and think about a new key",
                problem());
        chmod(file, "rw-r-----");
        passInSteps(Duration.ofSeconds(1));
        assertEquals(List.of("a.pem"), origins());
    }

    @Test
    void aWeakRsaKeyIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        CertifiedKey weak = NewCertificate.forHosts("a.example")
                .with(generator.generateKeyPair())
                .make();
        assertEquals(
                "the RSA key has 1024 bits, which is too weak: make one of 2048 bits, or an EC key",
                refusal(weak, key(weak)));
    }

    @Test
    void aWeakIssuerIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        CertifiedKey weak = NewCertificate.authority("root")
                .with(generator.generateKeyPair())
                .make();
        CertifiedKey leaf = NewCertificate.forHosts("a.example").signedBy(weak).make();
        assertEquals(
                "the RSA key of CN=root in the chain has 1024 bits, which is too weak: take another issuer",
                refusal(leaf, pem(weak), key(leaf)));
    }

    @Test
    void aWeakSignatureIsRefused() {
        assertEquals(
                "the certificate of CN=a.example is signed with SHA1withECDSA, which is too weak: have it signed with"
                        + " SHA-256",
                refusal(SIGNED_WITH_SHA1));
    }

    @Test
    void aCertificateForClientsOnlyIsRefused() {
        assertEquals(
                "it is not for servers: its extended key usage has no serverAuth. Clients would refuse it; take one that has",
                refusal(FOR_CLIENTS));
    }

    @Test
    void aKeyOfACurveThatJavaDoesNotKnowIsRefusedForThisReason() {
        String reason = refusal(ON_SECP256K1);
        assertTrue(reason.startsWith("This Java cannot sign with the private key of CN=a.example ("), reason);
    }

    @Test
    void aFileThatIsCutBehindTheCertificateIsRefused() {
        CertifiedKey root = NewCertificate.authority("root").make();
        CertifiedKey leaf = NewCertificate.forHosts("a.example").signedBy(root).make();
        String begun = pem(root).substring(0, 100);
        String reason = refusal(leaf, key(leaf), begun);
        assertTrue(reason.matches("the block that begins in line \\d+ has no end: copy the whole file again"), reason);
        assertEquals(
                "the block that begins in line 2 has no end: copy the whole file again",
                refusal("\n" + begun + pem(leaf)));
    }

    @Test
    void pkcs12WithoutTheCertificateOfItsKeyIsRefusedAndTheOthersAreServed() throws Exception {
        CertifiedKey made = made("b.example");
        writeBareKey(folder.resolve("a.p12"), made);
        write(folder.resolve("b.pem"), pem(made), key(made));
        turn();
        assertEquals(List.of("b.pem"), origins());
        assertEquals(
                folder.resolve("a.p12")
                        + ": there is no certificate for its private key in it: export the key with its certificate",
                problem());
    }

    @Test
    void aCutFileOfPkcs12IsRefused() throws IOException {
        Path file = folder.resolve("a.p12");
        writePkcs12(file, made("a.example"), "");
        write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        turn();
        assertTrue(problem().startsWith(file + ": it cannot be opened (it is damaged): "), problem());
    }

    @Test
    void aDamagedFileIsRefused() throws GeneralSecurityException {
        byte[] der = made("a.example").certificate().getEncoded();
        write(folder.resolve("a.pem"), new Pem(Pem.CERTIFICATE, Arrays.copyOf(der, der.length - 9)).toString());
        turn();
        assertTrue(problem().startsWith(folder.resolve("a.pem") + ": a certificate is damaged ("), problem());
    }

    @Test
    @Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeAndAFolderInThePlaceOfAFileHoldNothingUp() throws Exception {
        Path pipe = folder.resolve("a.pem");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Files.createDirectory(folder.resolve("b.pem"));
        CertifiedKey good = made("c.example");
        write(folder.resolve("c.pem"), pem(good), key(good));
        turn();
        assertEquals(List.of("c.pem"), origins());
        assertEquals(List.of(pipe + ": " + pipe + " is not a regular file: put the content there"), watched.problems());
    }

    @Test
    void aBadOneDoesNotKeepTheOthersAway() {
        CertifiedKey good = made("b.example");
        write(folder.resolve("b.pem"), pem(good), key(good));
        write(folder.resolve("a.pem"), "nothing");
        turn();
        assertEquals(List.of("b.pem"), origins());
        assertTrue(problem().contains("there is no certificate in it"), problem());
    }

    @Test
    void aFolderThatIsNotThereHasNothing() {
        watched = new CertificateFolder(folder.resolve("absent"), () -> calendar);
        turn();
        assertEquals(List.of(), watched.problems());
        assertEquals(0, changes);
    }
}
