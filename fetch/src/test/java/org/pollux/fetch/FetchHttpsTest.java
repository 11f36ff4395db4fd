package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;

/** The command by https, against the own server. */
@Timeout(120)
final class FetchHttpsTest {

    private static final byte[] FILE = FaultyServer.file(100);

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PolluxServer server;
    private FaultyServer plain;
    private Path authority;

    @BeforeEach
    void serve() throws Exception {
        CertifiedKey issuer = NewCertificate.authority("Trial").make();
        CertifiedKey own = NewCertificate.forHosts("127.0.0.1").signedBy(issuer).make();
        authority = Files.writeString(home.resolve("authority.pem"), certificate(issuer));
        Files.createDirectories(home.resolve("conf/tls"));
        Path keyed = Files.createFile(
                home.resolve("conf/tls/own.pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                keyed, certificate(own) + block("PRIVATE KEY", own.key().getEncoded()));
        server = new PolluxServer(new ServerSettings("auto", 1, Duration.ofSeconds(5), 0), home, "test");
        server.offer(new NioBackend(), 0);
        server.start();
        server.offer(new JsseEngine(), 0);
        server.offer(new ProtocolOffer(
                1,
                0,
                "files",
                Optional.of(_ -> new FaultyServer.Responder()),
                Optional.empty(),
                EndpointList.of("tls://127.0.0.1:0"),
                false,
                false,
                List.of("http/1.1")));
        Await.until(
                "the endpoint is open",
                () -> endpoint().state() == EndpointStatus.State.OPEN,
                () -> LockSupport.parkNanos(1_000_000));
        plain = new FaultyServer();
    }

    @AfterEach
    void end() {
        plain.close();
        server.close();
    }

    private EndpointStatus endpoint() {
        return server.status().endpoints().getFirst();
    }

    private String host() {
        return "127.0.0.1:" + ((InetSocketAddress) endpoint().local().orElseThrow()).getPort();
    }

    private String url(String path) {
        return "https://" + host() + path;
    }

    private static String certificate(CertifiedKey made) throws CertificateEncodingException {
        return block("CERTIFICATE", made.certificate().getEncoded());
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private void assertStatus(int status, String... args) {
        PrintStream print = new PrintStream(err, true, UTF_8);
        Main main = new Main(List.of(), Map.of(), InputStream.nullInputStream(), Channels.newChannel(out), print);
        assertEquals(status, main.run(List.of(args)), this::told);
    }

    private String told() {
        return err.toString(UTF_8);
    }

    private void assertTold(String line) {
        assertTrue(told().lines().anyMatch(line::equals), () -> "not told: " + line + "\n" + told());
    }

    @Test
    void anAuthorityOfTheOwnIsTrusted() {
        assertStatus(0, "--cacert", authority.toString(), url("/file/100"));
        assertArrayEquals(FILE, out.toByteArray());
    }

    @Test
    void anUnknownIssuerIsRefusedUnlessAnybodyIsTrusted() {
        assertStatus(1, url("/file/100"));
        assertTold("pollux: " + url("/file/100") + ": the certificate of " + host()
                + " has an unknown issuer: no trusted authority has signed it");
        assertEquals(0, out.size());
        assertStatus(0, "--insecure", "-q", url("/file/100"));
        assertTold("pollux: warning: --insecure: the certificates of servers are not checked");
        assertArrayEquals(FILE, out.toByteArray());
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        String other = url("/file/100").replace("127.0.0.1", "localhost");
        assertStatus(1, "--cacert", authority.toString(), other);
        assertTrue(told().contains(" is for another host, and not for localhost\n"), this::told);
    }

    @Test
    void aRedirectLeadsToHttpsAndBackOnlyWhenThatWasAskedFor() {
        assertStatus(0, "--cacert", authority.toString(), plain.url("/to/" + url("/file/100")));
        assertArrayEquals(FILE, out.toByteArray());
        String back = url("/to/" + plain.url("/file/100"));
        assertStatus(1, "--cacert", authority.toString(), back);
        assertTold("pollux: " + back + ": redirected from https to " + plain.url("/file/100")
                + ", which is not encrypted");
        assertStatus(0, "--plain-redirects", "--cacert", authority.toString(), back);
        assertEquals(2 * FILE.length, out.size());
    }

    /** As 'pollux tls self-signed' writes it. */
    @Test
    void aFileMayHoldAKeyBesideItsCertificate() throws Exception {
        String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        Path both = Files.writeString(home.resolve("both"), key + Files.readString(authority) + key);
        assertStatus(0, "--cacert", both.toString(), url("/file/100"));
        assertArrayEquals(FILE, out.toByteArray());
    }

    @Test
    void aFileWithoutAuthoritiesIsRefused() throws Exception {
        Path empty = Files.createFile(home.resolve("empty"));
        Path text = Files.writeString(home.resolve("text"), "no certificate");
        Path none = home.resolve("none");
        assertStatus(1, "--cacert", empty.toString(), url("/"));
        assertTold("pollux: --cacert " + empty + ": there is no certificate in it; a file in PEM is needed");
        assertStatus(1, "--cacert", text.toString(), url("/"));
        assertTold("pollux: --cacert " + text + ": there is no certificate in it; a file in PEM is needed");
        Path broken = Files.writeString(
                home.resolve("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertStatus(1, "--cacert", broken.toString(), url("/"));
        assertTrue(
                told().contains("pollux: --cacert " + broken + ": certificate 1 in it cannot be read: "), this::told);
        assertStatus(1, "--cacert", none.toString(), url("/"));
        assertTold("pollux: " + none + ": no such file");
        assertStatus(1, "--cacert", home.toString(), url("/"));
        assertTold("pollux: " + home + ": it is a folder; a file with certificates in PEM is needed");
    }

    @Test
    void authoritiesFromAnEndlessPipeAreRefused() {
        assertStatus(1, "--cacert", "/dev/zero", url("/"));
        assertTold("pollux: /dev/zero: it has more than 16 MiB; a file with certificates in PEM is needed");
    }
}
