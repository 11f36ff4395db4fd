package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.client.HttpFailure.Reason;

/** A response to something else than the request is none. */
final class UnaskedTest {

    @AutoClose
    private final HandServer server = new HandServer();

    private Recorded responded(HttpRequest request, String response) {
        Recorded recorded = server.send(request);
        server.acceptRequest().send(response.getBytes(ISO_8859_1));
        return recorded;
    }

    private HttpRequest get() {
        return HttpRequest.get(server.url("/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "101 Switching Protocols | the server switches to another protocol, which was not asked for",
                "206 Partial Content | 206 Partial Content: a part of it, not the whole, but the request has no Range",
                "226 IM Used | 226 IM Used: a change of it, not the whole, but the request has no A-IM",
                "304 Not Modified | 304 Not Modified, but the request has no If-None-Match",
            })
    void whatNobodyAskedForIsRefused(String status, String words) {
        String fields = "\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nab";
        responded(get(), "HTTP/1.1 " + status + fields).fails(Reason.UNASKED, words);
        responded(get().header("If-Match", "a").header("If-Range", "a"), "HTTP/1.1 " + status + fields)
                .fails(Reason.UNASKED, words);
    }

    @Test
    void whoHasAskedGetsIt() {
        responded(get().header("If-None-Match", "a"), "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
                .ends(304, "");
        responded(get().header("If-Modified-Since", "x"), "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
                .ends(304, "");
        responded(get().header("Range", "bytes=0-1"), HandServer.lines("""
                        HTTP/1.1 206 Partial Content
                        Content-Range: bytes 0-1/9
                        Content-Length: 2
                        Connection: close

                        ab""")).ends(206, "ab");
        responded(get().header("range", "bytes=0-1,3-4"), HandServer.lines("""
                        HTTP/1.1 206 Partial Content
                        Content-Type: Multipart/ByteRanges; boundary=x
                        Content-Length: 2

                        ab""")).ends(206, "ab");
    }

    @Test
    void aPartThatDoesNotSayWhichOneItIsIsRefused() {
        responded(get().header("Range", "bytes=0-1"), "HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\nab")
                .fails(Reason.MALFORMED, "there is no Content-Range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\n\r\n",
                "Content-Length: 2\r\n\r\nab",
                "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\na",
                "\r\na"
            })
    void a205HasNoBody(String rest) {
        responded(get(), "HTTP/1.1 205 Reset Content\r\n" + rest).fails(Reason.MALFORMED, "205 has a body");
    }

    @Test
    void a205WithoutABodyIsFine() {
        responded(get(), "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")
                .ends(205, "");
    }

    /** RFC 9110, section 15: it SHOULD be processed as if it were 5xx. */
    @ParameterizedTest
    @ValueSource(strings = {"600", "601", "700", "899", "999", "000", "001", "099"})
    void aStatusThatThereIsNotIsLikeAnErrorOfTheServer(String status) throws Exception {
        Recorded recorded =
                responded(get(), "HTTP/1.1 " + status + " Odd\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nab");
        recorded.ends(Integer.parseInt(status), "ab");
        assertTrue(recorded.head().isServerError());
        assertFalse(recorded.head().isSuccess());
        server.get("/next");
        assertFalse(server.hasConnectionWaiting(), "its framing is understood");
    }

    @Test
    void errorsOfTheServerAreToldFromOthers() {
        for (int status : new int[] {200, 204, 300, 404, 499}) {
            assertFalse(head(status).isServerError());
        }
        assertTrue(head(500).isServerError());
        assertTrue(head(599).isServerError());
        assertEquals(true, head(299).isSuccess());
    }

    private static HttpResponseHead head(int status) {
        return new HttpResponseHead(Url.parse("http://a/"), status, "", org.pollux.http.wire.FieldLines.NONE);
    }
}
