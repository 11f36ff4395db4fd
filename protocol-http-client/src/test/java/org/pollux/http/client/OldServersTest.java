package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no server should send, but old ones do, and a client may or must understand (RFC 9112, sections 2.2 and 5.2). */
final class OldServersTest {

    @AutoClose
    private final HandServer server = new HandServer();

    private Recorded responded(String response) {
        Recorded recorded = server.get("/");
        server.acceptRequest().send(response.getBytes(ISO_8859_1));
        return recorded.ends();
    }

    private static List<String> values(Recorded recorded, String name) {
        return recorded.head().headers().all(name);
    }

    @Test
    void aFoldedFieldIsOneLineWithSpaces() {
        Recorded recorded =
                responded("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\td\t \r\n \t e\r\nX: y\r\nContent-Length: 1\r\n\r\n.");
        assertEquals("b c d e", values(recorded, "a").getFirst().replaceAll(" +", " "));
        assertEquals(-1, values(recorded, "a").getFirst().indexOf('\t'));
        assertEquals(List.of("y"), values(recorded, "x"));
        List<String> names = new ArrayList<>();
        recorded.head().headers().forEach(header -> names.add(header.name()));
        assertEquals(List.of("A", "X", "Content-Length"), names);
        assertEquals(".", recorded.text());
    }

    @Test
    void aFieldMayBeginOnItsSecondLineAndEndOnAnEmptyOne() {
        Recorded recorded = responded("HTTP/1.1 200 OK\r\nA:\r\n b\r\nC: d\r\n \r\nContent-Length: 0\r\n\r\n");
        assertEquals(List.of("b"), values(recorded, "A"));
        assertEquals(List.of("d"), values(recorded, "C"));
    }

    @Test
    void theFieldsThatEndABodyMayBeFoldedToo() throws Exception {
        assertEquals(
                "ab",
                responded("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length:\r\n 2\r\n\r\nab")
                        .text());
        assertEquals(
                "ab",
                responded(
                                "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding:\r\n\tchunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
                        .text());
        responded("HTTP/1.1 200 OK\r\nConnection: x,\r\n close\r\nContent-Length: 0\r\n\r\n");
        server.get("/next");
        assertEquals(true, server.hasConnectionWaiting());
    }

    @Test
    void linesMayEndInLineFeedsAlone() {
        Recorded recorded = responded("HTTP/1.0 200 OK\nA: b\r\nC: d\n e\nContent-Length: 2\n\nab");
        assertEquals("ab", recorded.text());
        assertEquals(List.of("b"), values(recorded, "A"));
        assertEquals("d e", values(recorded, "C").getFirst().replaceAll(" +", " "));
        assertEquals("OK", recorded.head().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n", "\n\r\n\n"})
    void emptyLinesMayStandBeforeAResponse(String lines) {
        Recorded recorded = responded(
                lines + "HTTP/1.1 103 Early Hints\r\n\r\n" + lines + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab");
        assertEquals("ab", recorded.text());
    }

    @Test
    void trailersAreReadLikeOtherFields() throws Exception {
        String body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n";
        Recorded recorded = responded(body + "A: b\t\r\n\tc\r\nD: e\n f\nG:\n h\nI: j\r\n \r\n\n");
        assertEquals("ab", recorded.text());
        assertEquals("b c", recorded.trailers().first("A").orElseThrow().replaceAll(" +", " "));
        assertEquals("e f", recorded.trailers().first("D").orElseThrow().replaceAll(" +", " "));
        assertEquals("h", recorded.trailers().first("G").orElseThrow());
        assertEquals("j", recorded.trailers().first("I").orElseThrow());
        server.get("/next");
        assertEquals(false, server.hasConnectionWaiting());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\nab\r\n0\r\n\r\n", "2\r\nab\n0\r\n\r\n", "2\r\nab\r\n0\n\r\n", "2\r\n ab\r\n0\r\n\r\n",
                "0\r\n A: b\r\n\r\n", "0\r\nA: b\rC: d\r\n\r\n", "0\r\nA: b\r\r\n\r\n", "0\r\nA\r\n : b\r\n\r\n",
                "0\r\nA : b\r\n\r\n"
            })
    void chunksAndTrailersAreAsStrictAsEverOtherwise(String body) {
        Recorded recorded = server.get("/");
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        recorded.fails(HttpFailure.Reason.MALFORMED, "the chunks of the body are malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2, 2",
                "2,2",
                "2 ,\t2",
                "02, 2",
                "000000000000000000000002",
                "2\r\nContent-Length: 2",
                "2, 2\r\nContent-Length: 2"
            })
    void theSameLengthSeveralTimesIsOne(String value) throws Exception {
        assertEquals(
                "ab",
                responded("HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r\n\r\nab")
                        .text());
        server.get("/next");
        assertEquals(false, server.hasConnectionWaiting());
    }
}
