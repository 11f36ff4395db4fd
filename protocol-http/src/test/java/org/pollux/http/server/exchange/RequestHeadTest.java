package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.pollux.http.Header;
import org.pollux.http.Request;
import org.pollux.http.server.HandServer;

/** What a handler reads of a request, in the call from the read buffer and later from the copy. */
class RequestHeadTest {

    private static final String HEAD =
            "GET /a?b=%20 HTTP/1.1\r\nHost: h\r\nX-One:  1 \t\r\nx-one:2\r\nEmpty:\r\nX: \u00FC\r\n\r\n";

    private <T> T read(String request, Function<Request, T> reader) {
        Object[] read = new Object[2];
        HandServer server = new HandServer();
        for (String path : List.of("/a", "/", "/a b", "/ü/")) {
            server.with(path, (asked, response) -> {
                read[0] = reader.apply(asked);
                server.reactor.execute(() -> {
                    read[1] = reader.apply(asked);
                    response.send();
                });
            });
        }
        assertTrue(server.answer("\r\n" + request).startsWith("HTTP/1.1 200 "), request);
        assertEquals(read[0], read[1]);
        @SuppressWarnings("unchecked")
        T value = (T) read[0];
        return value;
    }

    @Test
    void theLineIsReadInItsParts() {
        assertEquals("GET", read(HEAD, Request::method));
        assertEquals("HEAD", read(HEAD.replace("GET", "HEAD"), Request::method));
        assertEquals("/a?b=%20", read(HEAD, Request::target));
        assertEquals("/a", read(HEAD, Request::path));
        assertEquals(Optional.of("b=%20"), read(HEAD, Request::query));
        assertEquals("HTTP/1.1", read(HEAD, Request::version));
        assertEquals("HTTP/1.1", read(HEAD.replace("1.1", "1.9"), Request::version));
        assertEquals("HTTP/1.0", read(HEAD.replace("1.1", "1.0"), Request::version));
        assertEquals("http", read(HEAD, Request::scheme));
        assertEquals("h", read(HEAD, Request::authority));
        assertEquals("Ex.org:81", read(HEAD.replace("/a?b", "http://Ex.org:81/a?b"), Request::authority));
        assertEquals("client/<unresolved>:40000", read(HEAD, Request::remote).toString());
        assertEquals("server/<unresolved>:80", read(HEAD, Request::local).toString());
    }

    @Test
    void aPathIsDecodedOnceAndNormalized() {
        path("/a b", "/a%20b");
        path("/a b", "/%61%20%62");
        path("/ü/", "/%C3%BC/");
        path("/ü/", "/x/%2E%2e/%C3%BC/y/..");
        path("/a", "/./a");
        path("/a", "http://h:80/a?b");
        path("/", "http://h");
        path("/", "/a/..");
        path("/", "/.");
    }

    private void path(String expected, String target) {
        String head = HEAD.replace("/a?b=%20", target);
        assertEquals(expected, read(head, Request::path));
        assertEquals(target, read(head, Request::target));
    }

    @Test
    void aQueryGoesFromTheMarkToTheEnd() {
        query(Optional.empty(), "/a");
        query(Optional.of(""), "/a?");
        query(Optional.of("b?/c"), "/a?b?/c");
        query(Optional.of("b"), "http://h?b");
    }

    private void query(Optional<String> expected, String target) {
        assertEquals(expected, read(HEAD.replace("/a?b=%20", target), Request::query));
    }

    @Test
    void fieldsAreFoundByNameInAnyCase() {
        assertEquals(Optional.of("h"), read(HEAD, request -> request.headers().first("HOST")));
        assertEquals(Optional.of("1"), read(HEAD, request -> request.headers().first("x-one")));
        assertEquals(List.of("1", "2"), read(HEAD, request -> request.headers().all("X-ONE")));
        assertEquals(Optional.of(""), read(HEAD, request -> request.headers().first("empty")));
        assertEquals(
                Optional.of("\u00FC"), read(HEAD, request -> request.headers().first("X")));
        assertEquals(Optional.empty(), read(HEAD, request -> request.headers().first("X-On")));
        assertEquals(List.of(), read(HEAD, request -> request.headers().all("Cookie")));
    }

    @Test
    void fieldsAreIteratedInTheirOrder() {
        List<Header> expected = List.of(
                new Header("Host", "h"),
                new Header("X-One", "1"),
                new Header("x-one", "2"),
                new Header("Empty", ""),
                new Header("X", "\u00FC"));
        assertEquals(
                expected,
                read(
                        HEAD,
                        request -> StreamSupport.stream(request.headers().spliterator(), false)
                                .toList()));
        assertEquals(
                false,
                read(
                        "GET / HTTP/1.0\r\n\r\n",
                        request -> request.headers().iterator().hasNext()));
    }
}
