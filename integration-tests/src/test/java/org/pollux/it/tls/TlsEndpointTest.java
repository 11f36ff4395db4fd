package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.it.tls.TlsClient.Wishes;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.tls.CertificateSource;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.KeyKind;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/** What a tls:// endpoint does for its clients and its operator, with every engine. */
@ParameterizedClass(name = "{0}")
@MethodSource("engines")
@Timeout(120)
final class TlsEndpointTest {

    private static final CertifiedKey LOCALHOST =
            NewCertificate.forHosts("localhost").make();

    private final TlsEngine engine;

    @TempDir
    private Path home;

    TlsEndpointTest(Engine engine) {
        this.engine = engine.made();
    }

    record Engine(String name, TlsEngine made) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Engine> engines() {
        return Stream.of(new Engine("openssl", new OpenSslEngine()), new Engine("jsse", new JsseEngine()));
    }

    private Path file(String name) {
        return home.resolve("conf/tls").resolve(name);
    }

    private TlsServer serving(String options, String... alpn) throws IOException {
        CertificateFile.write(file("localhost.pem"), LOCALHOST);
        return TlsServer.with(home, engine).serve(options, alpn);
    }

    // ---- bytes

    @Test
    void aProtocolThatKnowsNothingOfTlsIsServed() throws IOException {
        try (TlsServer test = serving("");
                TlsClient client = TlsClient.connect(test.port())) {
            client.hearsItsEcho("hello").hearsItsEcho("x".repeat(300_000));
            TlsInfo info = test.opened.remove();
            assertEquals(TlsVersion.TLS_1_3, info.version());
            assertEquals(LOCALHOST.certificate(), info.certificate());
            client.end();
            TlsServer.await("it ends", () -> !test.ended.isEmpty());
            assertEquals(Optional.empty(), test.ended.remove());
        }
    }

    @Test
    void aFinWithoutCloseNotifyIsATruncation() throws IOException {
        try (TlsServer test = serving("")) {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), test.port());
            TlsClient client = Wishes.NONE.over(plain);
            client.hearsItsEcho("hello");
            plain.close();
            TlsServer.await("it ends", () -> !test.ended.isEmpty());
            TlsException cause = (TlsException) test.ended.remove().orElseThrow();
            assertEquals(TlsException.Reason.TRUNCATED, cause.reason());
        }
    }

    @Test
    void theServerEndsWithCloseNotify() throws IOException {
        try (TlsServer test = serving("");
                TlsClient client = TlsClient.connect(test.port())) {
            client.hearsItsEcho("hello");
            test.server.withdraw(1);
            client.receivesEnd();
        }
    }

    // ---- certificates

    @Test
    void withoutACertificateTheEndpointWaitsAndSaysWhatHelps() throws IOException {
        try (TlsServer test = TlsServer.with(home, engine).serve("")) {
            assertEquals(
                    "there is no certificate in conf/tls: put one there, or make one for a trial with pollux tls"
                            + " self-signed NAME",
                    test.endpoint().problem().orElseThrow());
            assertEquals(file("localhost.pem"), test.server.makeCertificate("localhost"));
            assertTrue(test.isOpen(), "it is in force when the call returns");
            try (TlsClient client = TlsClient.connect(test.port())) {
                client.hearsItsEcho("hello");
            }
        }
    }

    @Test
    void aRenewedCertificateServesNewConnectionsWithinTwoSecondsAndABadOneNever() throws IOException {
        try (TlsServer test = serving("");
                TlsClient old = TlsClient.connect(test.port())) {
            CertifiedKey renewed = NewCertificate.forHosts("localhost").make();
            CertificateFile.write(file("localhost.pem"), renewed);
            long begin = System.nanoTime();
            TlsServer.await("the renewed one serves", () -> shows(test.port(), renewed));
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos()); // two on a machine of its own
            old.hearsItsEcho("still here");

            CertificateFile.write(file("localhost.pem"), CertificateFile.pem(LOCALHOST));
            TlsServer.await("it is told", () -> !test.server.status().faults().isEmpty());
            assertEquals(
                    file("localhost.pem") + ": there is no private key in " + file("localhost.pem")
                            + ": put it into the file localhost.key, or behind the certificate. The one before stays in force",
                    test.server.status().faults().getFirst());
            assertTrue(shows(test.port(), renewed));
        }
    }

    @Test
    void aDeletedCertificateStaysInForceAndThatIsTold() throws IOException {
        try (TlsServer test = serving("")) {
            Files.delete(file("localhost.pem"));
            TlsServer.await("it is told", () -> !test.server.status().faults().isEmpty());
            String told = test.server.status().faults().getFirst();
            assertTrue(told.startsWith(test.endpoint().endpoint() + ": there is no certificate in conf/tls: "), told);
            assertTrue(told.endsWith(" The settings before stay in force until this process ends"), told);
            assertTrue(test.isOpen());
            assertTrue(shows(test.port(), LOCALHOST));
        }
    }

    private static boolean shows(int port, CertifiedKey expected) {
        try (TlsClient client = TlsClient.connect(port)) {
            return client.certificate().equals(expected.certificate());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theNameSelectsTheCertificateExactlyBeforeByWildcardAndEcdsaBeforeRsa() throws IOException {
        CertifiedKey exact = NewCertificate.forHosts("a.example").make();
        CertifiedKey rsa =
                NewCertificate.forHosts("a.example").with(KeyKind.RSA).make();
        CertifiedKey wildcard = NewCertificate.forHosts("*.example").make();
        CertificateFile.write(file("a.pem"), exact);
        CertificateFile.write(file("a-rsa.pem"), rsa);
        CertificateFile.write(file("b.pem"), wildcard);
        CertificateFile.write(file("default.pem"), LOCALHOST);
        try (TlsServer test = TlsServer.with(home, engine).serve("")) {
            assertEquals(exact.certificate(), certificateFor("a.example", test));
            assertEquals(wildcard.certificate(), certificateFor("b.example", test));
            assertEquals(LOCALHOST.certificate(), certificateFor("other.test", test));
            assertTrue(shows(test.port(), LOCALHOST));
        }
    }

    private static Object certificateFor(String name, TlsServer test) throws IOException {
        try (TlsClient client = Wishes.NONE.name(name).connect(test.port())) {
            return client.certificate();
        }
    }

    @Test
    void aServiceBringsCertificatesAndTakesThemAway() throws IOException {
        CertifiedKey brought = NewCertificate.forHosts("brought.example").make();
        try (TlsServer test = serving("")) {
            CertificateSource source = () -> List.of(brought);
            test.server.offer(source, 1, "source");
            assertTrue(shows(test.port(), brought));
            test.server.withdraw(source);
            assertTrue(shows(test.port(), LOCALHOST));
        }
    }

    @Test
    void whatExpiresSoonIsTold() throws IOException {
        CertifiedKey soon = NewCertificate.forHosts("localhost")
                .valid(Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofDays(13)))
                .make();
        CertificateFile.write(file("localhost.pem"), soon);
        try (TlsServer test = TlsServer.with(home, engine).serve("")) {
            assertTrue(
                    test.server
                            .status()
                            .faults()
                            .getFirst()
                            .startsWith("the certificate localhost.pem expires in 12 days, at "),
                    test.server.status().faults()::toString);
        }
    }

    // ---- what is negotiated

    @Test
    void theProtocolIsNegotiatedAndNoOverlapIsRefused() throws IOException {
        try (TlsServer test = serving("", "two", "one")) {
            try (TlsClient client = Wishes.NONE.alpn("one", "two").connect(test.port())) {
                client.hearsItsEcho("hello");
                assertEquals("two", client.socket().getApplicationProtocol());
                assertEquals("two", test.opened.remove().alpn());
            }
            SSLException refused = assertThrows(
                    SSLException.class, () -> Wishes.NONE.alpn("three").connect(test.port()));
            assertTrue(refused.toString().contains("no_application_protocol"), refused::toString);
            TlsClient.connect(test.port()).hearsItsEcho("without").close();
        }
    }

    @Test
    void theVersionsOfAnEndpointAreLimited() throws IOException {
        try (TlsServer test = serving("?versions=1.3")) {
            assertThrows(
                    SSLException.class, () -> Wishes.NONE.versions("TLSv1.2").connect(test.port()));
            TlsServer.await("it is counted", () -> test.reports("failed: version", 1));
        }
        assertThrows(IllegalArgumentException.class, () -> EndpointAddress.parse("tls://h:1?versions=1.1"));
    }

    @Test
    void clientsShowCertificatesOfAnAuthorityThatIsExchangedLive() throws IOException {
        CertifiedKey authority = NewCertificate.authority("clients").make();
        CertifiedKey other = NewCertificate.authority("others").make();
        CertifiedKey ada = NewCertificate.forClient("Ada").signedBy(authority).make();
        CertificateFile.write(file("clients/ca.pem"), CertificateFile.pem(authority));
        CertificateFile.write(
                file("clients/crl.pem"), CertificateFile.pem(NewCertificate.revocations(authority, List.of())));
        try (TlsServer test = serving("?clientAuth=needed&ca=clients/ca.pem&crl=clients/crl.pem")) {
            try (TlsClient client = Wishes.NONE.certificate(ada).connect(test.port())) {
                client.hearsItsEcho("hello");
                assertEquals(ada.certificate(), test.opened.remove().peerChain().getFirst());
            }
            assertThrows(IOException.class, () -> TlsClient.connect(test.port()).hearsItsEcho("x"));
            CertificateFile.write(
                    file("clients/crl.pem"),
                    CertificateFile.pem(NewCertificate.revocations(authority, List.of(ada.certificate()))));
            TlsServer.await("Ada is revoked", () -> isRefused(ada, test));
            CertificateFile.write(file("clients/ca.pem"), CertificateFile.pem(other));
            CertificateFile.write(
                    file("clients/crl.pem"), CertificateFile.pem(NewCertificate.revocations(other, List.of())));
            CertifiedKey bob = NewCertificate.forClient("Bob").signedBy(other).make();
            TlsServer.await("Bob is let in", () -> !isRefused(bob, test));
        }
    }

    @Test
    void theReasonOfAnEndpointFollowsTheFilesThatItWaitsFor() throws IOException {
        CertifiedKey authority = NewCertificate.authority("clients").make();
        try (TlsServer test = serving("?clientAuth=needed&ca=clients/ca.pem&crl=clients/crl.pem")) {
            TlsServer.await("the authorities are missed", () -> isMissed(test, file("clients/ca.pem")));
            CertificateFile.write(file("clients/ca.pem"), CertificateFile.pem(authority));
            TlsServer.await("the list is missed", () -> isMissed(test, file("clients/crl.pem")));
            CertificateFile.write(
                    file("clients/crl.pem"), CertificateFile.pem(NewCertificate.revocations(authority, List.of())));
            TlsServer.await("it is bound", test::isOpen);
        }
    }

    private static boolean isMissed(TlsServer test, Path file) {
        return test.endpoint().problem().orElse("").contains("the file " + file + " does not exist");
    }

    private static boolean isRefused(CertifiedKey own, TlsServer test) {
        try (TlsClient client = Wishes.NONE.certificate(own).connect(test.port())) {
            client.hearsItsEcho("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    // ---- rude clients

    @Test
    void whatIsNoTlsIsEndedInGoodOrderAndCounted() throws IOException {
        try (TlsServer test = serving("");
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), test.port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            byte[] alert = plain.getInputStream().readNBytes(8); // some engines send none to what is no TLS at all
            assertTrue(alert.length == 0 || alert[0] == 21, "an alert, and then the end");
            TlsServer.await("it is counted", () -> test.reports("failed: not tls", 1));
        }
    }

    @Test
    void aClientThatStallsIsResetWhenItsTimeIsOver() throws IOException {
        try (TlsServer test = serving("")) {
            test.limitHandshakes(Duration.ofMillis(200), 1000);
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), test.port())) {
                assertThrows(IOException.class, () -> {
                    if (silent.getInputStream().read() < 0) {
                        throw new IOException("ended");
                    }
                });
            }
            TlsServer.await("it is counted", () -> test.reports("given up, or too slow", 1));
        }
    }

    @Test
    void tooManyUnfinishedHandshakesCostTheOldest() throws IOException {
        try (TlsServer test = serving("")) {
            test.limitHandshakes(Duration.ofSeconds(60), 2);
            try (Socket first = new Socket(InetAddress.getLoopbackAddress(), test.port());
                    Socket second = new Socket(InetAddress.getLoopbackAddress(), test.port())) {
                TlsServer.await("both are under way", () -> test.reports("under way", 2));
                try (TlsClient client = TlsClient.connect(test.port())) {
                    client.hearsItsEcho("I am served");
                    first.setSoTimeout(30_000);
                    assertThrows(IOException.class, () -> {
                        if (first.getInputStream().read() < 0) {
                            throw new IOException("ended");
                        }
                    });
                    assertTrue(test.server.status().limits().stream()
                            .anyMatch(limit -> limit.limit().startsWith("unfinishedHandshakes") && limit.times() == 1));
                    assertTrue(second.isConnected());
                }
            }
        }
    }

    // ---- engines

    @Test
    void theNextVersionOfTheEngineTakesOverAndNobodyNotices() throws IOException {
        TlsEngine before = engine;
        try (TlsServer test = serving("");
                TlsClient client = TlsClient.connect(test.port())) {
            client.hearsItsEcho("before");
            test.server.withdraw(before);
            if (before.sessionForm().isEmpty()) {
                client.receivesEnd();
                assertEquals(1, test.toldToEnd.get());
                return;
            }
            client.hearsItsEcho("between");
            assertEquals(List.of(), test.server.status().tlsEngines());
            OpenSslEngine next = new OpenSslEngine();
            test.server.offer(next, 0);
            assertTrue(test.reports(next.name() + " .*", 1), "its connections");
            client.hearsItsEcho("after");
        }
    }

    @Test
    void theNextVersionOfAnEngineTakesOverThoughAnotherOneServesNow() throws IOException {
        TlsEngine before = engine;
        try (TlsServer test = serving("");
                TlsClient client = TlsClient.connect(test.port())) {
            client.hearsItsEcho("before");
            test.server.offer(new JsseEngine(), 100);
            test.server.withdraw(before);
            if (before.sessionForm().isEmpty()) {
                client.receivesEnd();
                return;
            }
            for (OpenSslEngine next : List.of(new OpenSslEngine(), new OpenSslEngine())) {
                test.server.offer(next, 0);
                assertTrue(test.reports(next.name() + " .*", 1), "its connections");
                client.hearsItsEcho("after");
                test.server.withdraw(next);
                client.hearsItsEcho("between");
            }
        }
    }

    @Test
    void aConnectionThatComesWhileThereIsNoEngineWaitsForOne() throws IOException {
        try (TlsServer test = serving("")) {
            test.server.withdraw(engine);
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), test.port())) {
                TlsServer.await("it waits", () -> test.reports("under way", 1));
                test.server.offer(engine, 0);
                Wishes.NONE.over(plain).hearsItsEcho("served");
            }
        }
    }

    @Test
    void anEngineThatIsWantedAndMissingIsToldWithTheRemedy() throws IOException {
        try (TlsServer test = serving("")) {
            test.server.reportMissing(new MissingEngine("better", "install it"));
            assertEquals(
                    "The TLS engine 'better' cannot work: install it",
                    assertThrows(IllegalArgumentException.class, () -> test.server.exchangeTls("better"))
                            .getMessage());
        }
    }
}
