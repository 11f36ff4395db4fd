package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Any split of the same bytes gives the same responses: in two pieces anywhere, in single bytes, in random pieces. */
class SplitsTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String ECHO = "POST /echo HTTP/1.1\r\nHost: h\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    /** Whole, faulty, cut off, one after the other. */
    static final String[] MESSAGES = {
        GET,
        GET + GET + GET,
        "\r\n" + GET + "\r\n" + GET,
        "\r\n\r\n" + GET,
        "HEAD /a?b=c HTTP/1.1\r\nhost:\t[::1]:80 \r\nX-Long-Name: a b\tc \u00FC\r\nY:\r\n\r\n" + GET,
        "GET http://h/%61 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + GET,
        "GET /a HTTP/1.0\r\n\r\n" + GET,
        "GET /a HTTP/1.1\r\nHost: h\r\nConnection: x , close\r\n\r\n" + GET,
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" + GET,
        "BREW /pot HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n" + GET,
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 28\r\n\r\n" + GET + GET,
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET,
        "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n" + GET,
        "GET /a HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n" + GET,
        "GET /a HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n" + GET,
        "GET /a HTTP/1.1\nHost: h\n\n" + GET,
        "GET /%2e%2e/a HTTP/1.1\r\nHost: h\r\n\r\n" + GET,
        "GET /a HTTP/3.0\r\n\r\n" + GET,
        "GET /a RTSP/1.0\r\n\r\n" + GET,
        "GET /a\r\n" + GET,
        "GET /later HTTP/1.1\r\nHost: h\r\n\r\n" + GET + GET,
        "GET /" + "l".repeat(200) + " HTTP/1.1\r\nHost: h\r\n\r\n" + GET,
        "GET /a HTTP/1.1\r\nHost: h\r\nX: " + "l".repeat(500) + "\r\n\r\n" + GET,
        GET + "GET /a HTTP/1.1\r\nHos",
        ECHO + "Content-Length: 5\r\n\r\nhello" + GET,
        ECHO + "Content-Length: 5\r\n\r\nhell",
        ECHO + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + GET,
        ECHO + CHUNKED + "00A;a;b=c;d=\"e\\\"f;\"\r\n0123456789\r\n1\r\n!\r\n000\r\nX: y\r\nZ:\r\n\r\n" + GET + GET,
        ECHO + CHUNKED + "5\r\nhello\r\n0\r\n\r",
        ECHO + CHUNKED + "5\r\nhelloo\r\n0\r\n\r\n" + GET,
        ECHO + CHUNKED + "5\nhello\r\n0\r\n\r\n" + GET,
        ECHO + CHUNKED + "5 \r\nhello\r\n0\r\n\r\n" + GET,
        ECHO + CHUNKED + "ffffffffffffffff\r\nhello\r\n0\r\n\r\n" + GET,
        ECHO + CHUNKED + "1\r\na\r\n0\r\nX y\r\n\r\n" + GET,
        ECHO + CHUNKED + "1\r\na\r\n0\r\nX: " + "l".repeat(300) + "\r\n\r\n" + GET,
        "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 28\r\n\r\n" + GET + GET,
        ECHO + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc" + GET,
        ECHO.replace("echo", "whole") + "Content-Length: 5\r\n\r\nhello" + GET,
        ECHO.replace("echo", "whole") + CHUNKED + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n" + GET,
        ECHO.replace("echo", "whole") + CHUNKED + "20\r\n" + "x".repeat(32) + "\r\n1\r\na\r\n0\r\n\r\n" + GET,
        ECHO.replace("echo", "bytewise") + CHUNKED + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n" + GET,
    };

    private final HandServer server = server();

    static HandServer server() {
        HandServer server = new HandServer(HandServer.limits(128, 256));
        return server.withText("/a")
                .with(Mount.at("/echo").methods("*"), Bodies.echo())
                .with(Mount.at("/whole").methods("*"), Bodies.whole(32))
                .with(Mount.at("/bytewise").methods("*"), Bodies.bytewise(server.reactor))
                .with("/later", (request, response) -> server.reactor.execute(() -> response.send(request.path())));
    }

    @Test
    void inTwoPieces() {
        for (String message : MESSAGES) {
            String expected = answers(server, message, message.length());
            for (int first = 1; first < message.length(); first++) {
                assertEquals(expected, answers(server, message, first, message.length() - first), message);
            }
        }
    }

    @Test
    void inSingleBytesAndSmallPieces() {
        for (String message : MESSAGES) {
            for (int size = 1; size < 8; size++) {
                assertEquals(answers(server, message, message.length()), answers(server, message, size), message);
            }
        }
    }

    @Test
    void inRandomPieces() {
        Random random = new Random(9112);
        for (int round = 0; round < 2000; round++) {
            String message = MESSAGES[random.nextInt(MESSAGES.length)];
            int[] sizes = random.ints(20, 1, 40).toArray();
            assertEquals(answers(server, message, message.length()), answers(server, message, sizes), message);
        }
    }

    /** What a connection sends back, and whether it is closed then, when the message comes in pieces of these sizes, repeated. */
    static String answers(HandServer server, String message, int... sizes) {
        HandConnection client = server.connect();
        int from = 0;
        for (int i = 0; from < message.length(); i++) {
            int to = Math.min(message.length(), from + sizes[i % sizes.length]);
            if (client.isOpen()) {
                client.receive(message.substring(from, to));
            }
            server.reactor.settle();
            from = to;
        }
        return client.takeSent() + (client.isClosed() ? "closed" : "open");
    }
}
