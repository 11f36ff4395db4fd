package org.pollux.http.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Each bound that is met is counted, once. */
class LimitCountsTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String PUT = "PUT /whole HTTP/1.1\r\nHost: h\r\n";

    private final HandServer server = new HandServer(settings())
            .withText("/a")
            .with("/large", (request, response) -> response.send(new byte[50_000]))
            .with(
                    Mount.at("/whole").methods("PUT"),
                    (request, response) -> request.body().readAll(8, response::send));

    private static HttpSettings settings() {
        return new HttpSettings(
                new HeadLimits(64, 128, 4, Duration.ofSeconds(10)),
                new BodyLimits(16, 1024, 500, Duration.ofSeconds(20)),
                new ConnectionLimits(Duration.ofSeconds(30), 3, 65536),
                Optional.empty());
    }

    private void met(String... limits) {
        assertEquals(List.of(limits), List.copyOf(server.limitsMet().keySet()));
        server.limitsMet().values().forEach(times -> assertEquals(1, times));
    }

    @Test
    void nothingIsCountedWhereNothingIsMet() {
        assertEquals(HandServer.ok("/a"), server.answer(GET));
        assertEquals(HandServer.refusal(400), server.answer("GET /a HTTP/1.1\r\n\r\n"));
        assertEquals(HandServer.own(404, ""), server.answer(GET.replace("/a", "/b")));
        assertEquals(Map.of(), server.limitsMet());
    }

    @Test
    void aLongRequestLine() {
        server.answer("GET /" + "a".repeat(100));
        met("requestLineLimit (414)");
    }

    @Test
    void aLongHead() {
        server.answer(GET.replace("h\r\n", "h\r\nF: " + "x".repeat(128) + "\r\n"));
        met("headLimit (431)");
    }

    @Test
    void longTrailers() {
        server.answer(PUT + "Transfer-Encoding: chunked\r\n\r\n0\r\nF: " + "x".repeat(200) + "\r\n\r\n");
        met("headLimit (431)");
    }

    @Test
    void tooManyFields() {
        server.answer(GET.replace("\r\n\r\n", "\r\n" + "a:\r\n".repeat(4) + "\r\n"));
        met("fieldLimit (431)");
    }

    @Test
    void tooManyTrailers() {
        server.answer(PUT + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "a:\r\n".repeat(5) + "\r\n");
        met("fieldLimit (431)");
    }

    @Test
    void aSlowHead() {
        HandConnection client = server.connect().receive("GET");
        server.time.pass(Duration.ofSeconds(10));
        client.timeOut();
        met("headTimeout (408)");
    }

    @Test
    void aBodyWhoseLengthIsTooMuch() {
        server.answer(PUT + "Content-Length: 17\r\n\r\n");
        met("bodyLimit (413)");
    }

    @Test
    void aBodyThatTurnsOutTooLong() {
        server.answer(PUT + "Transfer-Encoding: chunked\r\n\r\n20\r\n");
        met("bodyLimit (413)");
    }

    @Test
    void aSlowBody() {
        HandConnection client = server.connect().receive(PUT + "Content-Length: 8\r\n\r\na");
        server.time.pass(Duration.ofSeconds(20));
        client.timeOut();
        met("slowestRate of a body (408)");
    }

    @Test
    void aSlowReader() {
        HandConnection client =
                server.connect().block().receive(GET.replace("/a", "/large").repeat(2));
        for (int look = 0; look < 5; look++) {
            client.drain(100);
            server.reactor.toNextTimer();
        }
        met("slowestRate of a response (cut off)");
    }

    @Test
    void aReaderThatTakesNothing() {
        server.connect().block().receive(GET).timeOut();
        met("idleTimeout of a response (cut off)");
    }

    @Test
    void aConnectionThatIsIdle() {
        server.connect().receive(GET).timeOut();
        met("idleTimeout (closed)");
    }

    @Test
    void theLastRequestOfAConnection() {
        server.connect().receive(GET.repeat(4));
        met("requestsPerConnection (closed)");
    }

    @Test
    void theyAddUp() {
        server.answer("GET /" + "a".repeat(100));
        server.answer("GET /" + "a".repeat(100));
        server.connect().receive(GET).timeOut();
        assertEquals(
                List.of(Map.entry("requestLineLimit (414)", 2L), Map.entry("idleTimeout (closed)", 1L)),
                List.copyOf(server.limitsMet().entrySet()));
    }
}
