package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Origin;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Peer;

/** Each way in which an exchange fails is told as what it is. One list of cases. */
final class FailuresTest {

    @AutoClose
    private HandServer server = new HandServer();

    private Recorded responded(String response) {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest();
        peer.send(response.getBytes(ISO_8859_1));
        peer.closeOutput();
        return recorded;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSH-2.0-OpenSSH_9.2\\r\\n | NOT_HTTP | not HTTP/1.x: the response begins with 'SSH-2.0-OpenSSH_9.2..'",
                "HTTP/2.0 200 OK\\r\\n\\r\\n | NOT_HTTP | begins with 'HTTP/2.0 200 OK'",
                "HTTP/1.1 2000 OK\\r\\n\\r\\n | MALFORMED | the status line is malformed: 'HTTP/1.1 2000 OK'",
                "HTTP/1.1\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 200 O\\rK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 200 OK\\r\\n A: b\\r\\n\\r\\n | MALFORMED | white space precedes the first field: ' A: b'",
                "HTTP/1.1 200 OK\\r\\n \\r\\nA: b\\r\\n\\r\\n | MALFORMED | white space precedes the first field",
                "HTTP/1.1 20 OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 +20 OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 -200 OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1  200 OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 200OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 2x0 OK\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 \\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 200 OK\\rA: b\\r\\n\\r\\n | MALFORMED | the status line",
                "HTTP/1.1 200 OK\\r\\nA: b\\rC: d\\r\\n\\r\\n | MALFORMED | a control character",
                "HTTP/1.1 200 OK\\r\\nA: b\\r\\r\\n\\r\\n | MALFORMED | a control character",
                "HTTP/1.1 200 OK\\r\\nA: b\\r\\n c\\0\\r\\n\\r\\n | MALFORMED | a control character",
                "HTTP/1.1 200 OK\\r\\nA\\r\\n : b\\r\\n\\r\\n | MALFORMED | no name and colon",
                "\\rHTTP/1.1 200 OK\\r\\n\\r\\n | NOT_HTTP | begins with '.HTTP/1.1 200 OK....",
                "HTTP/1.1 200 OK\\r\\nA : b\\r\\n\\r\\n | MALFORMED | no name and colon",
                "HTTP/1.1 200 OK\\r\\nA: b\\0\\r\\n\\r\\n | MALFORMED | a control character",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n | MALFORMED | conflicting lengths: Content-Length: 1 and 2",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | MALFORMED | conflicting lengths",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1, 2\\r\\n\\r\\n | MALFORMED | conflicting lengths: Content-Length: 1 and 2",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 1, 2\\r\\n\\r\\n | MALFORMED | conflicting lengths: Content-Length: 1 and 2",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n 2\\r\\n\\r\\n | MALFORMED | is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: +2\\r\\n\\r\\n | MALFORMED | +2 is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 2;\\r\\n\\r\\n | MALFORMED | 2; is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 2,\\r\\n\\r\\n | MALFORMED | is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 0x2\\r\\n\\r\\n | MALFORMED | 0x2 is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 2 2\\r\\n\\r\\n | MALFORMED | 2 2 is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length:\\r\\n\\r\\n | MALFORMED | is not a length",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 9223372036854775808\\r\\n\\r\\n | MALFORMED | is not a length",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 2, 2\\r\\n\\r\\n | MALFORMED | conflicting lengths",
                "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n | MALFORMED | -1 is not a length",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n | MALFORMED | gzip, chunked was not asked for",
                "HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | MALFORMED | HTTP/1.0 has no Transfer-Encoding",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nabc\\r\\n | MALFORMED | the chunks of the body are malformed, 2 bytes had come",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 100\\r\\n\\r\\n1234567890 | SHORT_BODY | body ended early: 10 of 100 bytes had come",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nab | SHORT_BODY | body ended early: 2 bytes had come",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nab\\r\\n0\\r\\n | SHORT_BODY | body ended early: 2 bytes had come",
                "HTTP/1.1 200 OK\\r\\nConte | NO_RESPONSE | closed before the head of the response was whole",
                "'' | NO_RESPONSE | the connection was closed before a response came",
            })
    void whatIsNoResponseIsToldAsWhatItIs(String response, Reason reason, String words) {
        responded(response.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"))
                .fails(reason, words);
    }

    @Test
    void aResetInABodyThatEndsWithTheConnectionIsNoEnd() {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 200 OK\r\n\r\nabc");
        server.turned.turnUntil("the body comes", () -> recorded.text().equals("abc"));
        peer.reset();
        recorded.fails(Reason.SHORT_BODY, "3 bytes had come");
    }

    @Test
    void aHeadThatIsTooLongIsNotReadForEver() {
        responded("HTTP/1.1 200 OK\r\n" + ("A: " + "b".repeat(100) + "\r\n").repeat(400))
                .fails(Reason.TOO_LONG, "longer than 32768 bytes");
        responded("HTTP/1.1 200 OK\r\nA: b" + "\r\n c".repeat(10_000)).fails(Reason.TOO_LONG, "more than 500 lines");
        responded("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(501)).fails(Reason.TOO_LONG, "more than 500 lines");
        responded("\r\n".repeat(10_000)).fails(Reason.MALFORMED, "more than 8 empty lines");
    }

    @Test
    void trailersThatAreTooLongAreNotReadForEver() {
        String body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        responded(body + "A: b\r\n".repeat(10_000)).fails(Reason.TOO_LONG, "trailers of the body are longer");
        responded(body + "A: b\r\n" + " \r\n".repeat(20_000)).fails(Reason.TOO_LONG, "trailers of the body are longer");
        responded(body + "A: b\n" + "\t\n".repeat(20_000)).fails(Reason.TOO_LONG, "trailers of the body are longer");
    }

    @Test
    void aHeadThatComesByteByByteIsNotWaitedForLongerThanOneThatDoesNotCome() {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 100 Continue\r\n\r\n");
        server.turned.settle();
        server.pass(Duration.ofSeconds(29)); // between heads the server may take its time
        for (int i = 0; i < 4; i++) {
            peer.send("HTTP".substring(i, i + 1));
            server.turned.settle();
            assertFalse(recorded.isOver());
            server.pass(Duration.ofSeconds(9));
        }
        recorded.fails(Reason.TIMED_OUT, "the head of the response was not whole after 30 s");
        peer.receivesReset();
    }

    @Test
    void interimResponsesWithoutEndAreAFault() {
        responded("HTTP/1.1 100 Continue\r\n\r\n".repeat(40)).fails(Reason.MALFORMED, "more than 32 interim responses");
    }

    // ---- connections

    @Test
    void aDeadPortIsRefused() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        server.send(HttpRequest.get("http://127.0.0.1:" + port + "/"))
                .fails(Reason.CONNECT, "no connection to 127.0.0.1:" + port + ": Connection refused");
    }

    @Test
    void anInterfaceThatIsNotThereIsNamed() {
        server.send(HttpRequest.get("http://[fe80::1%25nosuch0]/")).fails(Reason.UNKNOWN_HOST, "nosuch0");
    }

    @Test
    void anInterfaceThatIsThereIsTheAddresssScope() throws Exception {
        Optional<NetworkInterface> found = NetworkInterface.networkInterfaces()
                .filter(one -> one.inetAddresses().anyMatch(Inet6Address.class::isInstance))
                .findFirst();
        assumeTrue(found.isPresent(), "there is no IPv6");
        Origin origin = Origin.of(Url.parse("http://[fe80::1%25" + found.get().getName() + "]:81/"));
        InetSocketAddress address = (InetSocketAddress) origin.socketAddress();
        assertEquals(found.get(), ((Inet6Address) address.getAddress()).getScopedInterface());
    }

    @Test
    void aNameThatNobodyKnowsIsAnUnknownHost() {
        server.send(HttpRequest.get("http://nosuch.invalid/"))
                .fails(Reason.UNKNOWN_HOST, "unknown host nosuch.invalid");
    }

    @Test
    void aConnectThatTakesTooLongTimesOut() throws Exception {
        try (FullListener full = new FullListener()) {
            int port = ((InetSocketAddress) full.address()).getPort();
            Recorded recorded = server.send(HttpRequest.get("http://127.0.0.1:" + port + "/"));
            server.turned.settle();
            server.pass(Duration.ofSeconds(11));
            recorded.fails(Reason.TIMED_OUT, "timed out: no connection to 127.0.0.1:" + port + " within 10 s");
        }
    }

    @Test
    void aServerThatNeverRespondsTimesOut() {
        Recorded recorded = server.get("/");
        server.acceptRequest();
        server.pass(Duration.ofSeconds(31));
        recorded.fails(Reason.TIMED_OUT, "timed out: no byte of a response from " + server.authority());
    }

    @Test
    void aServerThatStopsInABodyTimesOut() {
        Recorded recorded = server.get("/");
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
        server.turned.turnUntil("the body comes", () -> recorded.text().equals("ab"));
        server.pass(Duration.ofSeconds(31));
        recorded.fails(Reason.TIMED_OUT, "timed out: 2 of 9 bytes had come, then nothing for 30 s");
    }

    @Test
    void aServerThatTricklesMeetsTheTotalTimeout() {
        Recorded recorded = server.send(HttpRequest.get(server.url("/")).timeout(Duration.ofSeconds(60)));
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        for (int i = 1; i <= 6; i++) {
            int count = i;
            peer.send(".");
            server.turned.turnUntil("a byte comes", () -> recorded.text().length() == count);
            server.pass(Duration.ofSeconds(9));
        }
        server.pass(Duration.ofSeconds(7));
        recorded.fails(Reason.TIMED_OUT, "timed out after 60 s: 6 of 100 bytes had come");
        peer.receivesReset();
    }

    @Test
    void theTotalTimeoutHoldsInTheQueueToo() throws Exception {
        server.close();
        server = new HandServer(ClientSettings.defaults().connections(1, 1));
        server.get("/first");
        Recorded second = server.send(HttpRequest.get(server.url("/")).timeout(Duration.ofSeconds(5)));
        server.acceptRequest();
        server.pass(Duration.ofSeconds(6));
        second.fails(Reason.TIMED_OUT, "timed out after 5 s: it still waited for a connection");
    }

    @Test
    void aQueueThatIsFullRefuses() throws Exception {
        server.close();
        server = new HandServer(ClientSettings.defaults().connections(1, 1).queue(1));
        Recorded first = server.get("/first");
        Recorded second = server.get("/second");
        server.get("/third").fails(Reason.QUEUE_FULL, "1 requests wait for one already");
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        first.ends(200, "");
        server.request(peer, 2);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        second.ends(200, "");
    }

    @Test
    void httpsWithoutAnEngineIsRefusedInAClearSentence() {
        server.send(HttpRequest.get("https://example.org/"))
                .fails(Reason.SCHEME, "https is not spoken: the client has no TLS engine; pass one");
        server.send(HttpRequest.get("ftp://example.org/"))
                .fails(Reason.SCHEME, "ftp is not spoken: only http and https are");
    }

    // ---- the handler's and the user's doing

    @Test
    void aCancelledExchangeIsOverAtOnceWhereverItIs() {
        Recorded early = server.get("/");
        early.exchange().cancel();
        early.fails(Reason.CANCELLED, "cancelled");
        server.accept();

        Recorded late = server.get("/");
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
        server.turned.turnUntil("the body comes", () -> late.text().equals("ab"));
        late.exchange().cancel();
        late.fails(Reason.CANCELLED, "cancelled");
        peer.receivesReset();
        late.exchange().resume();
        late.exchange().pause();
        late.exchange().cancel();
        server.turned.settle();
    }

    @Test
    void aHandlerMayCancelInsideItsCallback() throws Exception {
        byte[] packed = BodiesTest.gzip(new byte[1_000_000]);
        Recorded recorded = server.get("/");
        recorded.onPiece(HttpExchange::cancel);
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .send(packed);
        recorded.fails(Reason.CANCELLED, "cancelled");
        server.turned.settle();
        assertEquals(1, recorded.pieces());
    }

    @Test
    void whatAHandlerThrowsEndsItsExchangeAlone() {
        IllegalStateException thrown = new IllegalStateException("broken");
        Recorded recorded = server.get("/");
        recorded.onPiece(_ -> {
            throw thrown;
        });
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n.");
        assertEquals(thrown, recorded.fails(Reason.HANDLER, "broken").getCause());
    }

    @Test
    void closingTheClientEndsAllExchanges() {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest();
        server.client.close();
        recorded.fails(Reason.CLIENT_CLOSED, "the client is closed");
        peer.receivesReset();
        server.get("/").fails(Reason.CLIENT_CLOSED, "the client is closed");
    }

    @Test
    void closingTheReactorEndsAllExchangesThoseThatWaitToo() throws Exception {
        server.close();
        server = new HandServer(ClientSettings.defaults().connections(1, 1));
        Recorded first = server.get("/");
        Recorded second = server.get("/");
        server.acceptRequest();
        server.turned.reactor().close();
        assertTrue(first.isOver());
        assertTrue(second.isOver());
    }
}
