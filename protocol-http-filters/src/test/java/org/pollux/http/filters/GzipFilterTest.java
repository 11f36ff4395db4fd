package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.EventStream;
import org.pollux.http.HttpHandler;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;

/** What is compressed, and what is said about it. */
@Timeout(60)
class GzipFilterTest {

    private static final String ACCEPT = "Accept-Encoding: gzip, deflate, br";
    private static final String TEXT = "It is a text, and a text repeats itself. ".repeat(100);

    private static FilteredServer server(HttpHandler handler) throws IOException {
        return new FilteredServer(handler, new GzipFilter(GzipSettings.defaults()));
    }

    private static FilteredServer.Received received(HttpHandler handler, String... fields) throws IOException {
        try (FilteredServer server = server(handler)) {
            return server.get(fields);
        }
    }

    /** A handler that sends a text, of that type and with these fields. */
    private static HttpHandler text(String type, String... fields) {
        return (request, response) -> {
            response.header("Content-Type", type);
            for (int i = 0; i < fields.length; i += 2) {
                response.header(fields[i], fields[i + 1]);
            }
            response.send(TEXT);
        };
    }

    private static String unzipped(String body) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes(ISO_8859_1)))) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void aTextIsCompressed() throws Exception {
        FilteredServer.Received received = received(text("text/html; charset=utf-8"), ACCEPT);
        assertEquals("gzip", received.field("Content-Encoding"));
        assertEquals("Accept-Encoding", received.field("Vary"));
        assertEquals(String.valueOf(received.body().length()), received.field("Content-Length"));
        assertTrue(received.body().length() < 200, () -> received.body().length() + " bytes");
        assertEquals(TEXT, unzipped(received.body()));
    }

    @Test
    void aClientThatCannotReadItGetsTheText() throws Exception {
        for (String field : List.of(
                "A: b",
                "Accept-Encoding: br",
                "Accept-Encoding: gzip;q=0",
                "Accept-Encoding: *;q=0",
                "Accept-Encoding: gzip;q=0.5, identity",
                "Accept-Encoding:")) {
            FilteredServer.Received received = received(text("text/html"), field);
            assertEquals(TEXT, received.body(), field);
            assertEquals("-", received.field("Content-Encoding"), field);
            assertEquals("Accept-Encoding", received.field("Vary"), field);
        }
    }

    @Test
    void typesAreThoseOfTexts() throws Exception {
        for (String type : List.of(
                "text/plain",
                "TEXT/CSS",
                "application/json",
                "application/problem+json",
                "image/svg+xml ; a=b",
                "application/wasm")) {
            assertEquals("gzip", received(text(type), ACCEPT).field("Content-Encoding"), type);
        }
        for (String type : List.of("image/png", "application/octet-stream", "application/gzip", "json", "text")) {
            FilteredServer.Received received = received(text(type), ACCEPT);
            assertEquals("-", received.field("Content-Encoding"), type);
            assertEquals("-", received.field("Vary"), type);
        }
    }

    @Test
    void someResponsesAreLeftAsTheyAre() throws Exception {
        for (String[] fields : new String[][] {
            {"Content-Encoding", "br"},
            {"Content-Range", "bytes 0-1/2"},
            {"Cache-Control", "private, No-Transform"},
        }) {
            FilteredServer.Received received = received(text("text/plain", fields), ACCEPT);
            assertEquals(TEXT, received.body(), fields[0]);
        }
        assertEquals(
                TEXT, received((_, response) -> response.send(TEXT), ACCEPT).body());
        assertEquals(
                "short",
                received((_, response) -> plain(response).send("short"), ACCEPT).body());
        FilteredServer.Received known =
                received((_, response) -> plain(response).status(304).send(), ACCEPT);
        assertEquals("-", known.field("Content-Encoding"));
        String part = received((_, response) -> plain(response).status(206).send(TEXT), ACCEPT)
                .body();
        assertEquals(TEXT, part);
    }

    private static Response plain(Response response) {
        return response.header("Content-Type", "text/plain");
    }

    @Test
    void aTagBecomesWeakAndRangesGo() throws Exception {
        HttpHandler handler = text("text/plain", "ETag", "\"a\"", "Accept-Ranges", "bytes");
        FilteredServer.Received received = received(handler, ACCEPT);
        assertEquals("W/\"a\"", received.field("ETag"));
        assertEquals("-", received.field("Accept-Ranges"));
        assertEquals(
                "W/\"a\"",
                received(text("text/plain", "ETag", "W/\"a\""), ACCEPT).field("ETag"));
        FilteredServer.Received plain = received(handler);
        assertEquals("\"a\"", plain.field("ETag"));
        assertEquals("bytes", plain.field("Accept-Ranges"));
    }

    /** A handler that has a text with a tag, and responds as it is asked: whole, a part, or that it is known already. */
    private static HttpHandler tagged(String type) {
        return (request, response) -> {
            response.header("ETag", "\"a\"");
            if (request.headers().first("If-None-Match").isPresent()) {
                response.status(304).send();
            } else if (request.headers().first("Range").isPresent()) {
                response.header("Content-Type", type).header("Content-Range", "bytes 0-1999/2000");
                response.status(206).send(TEXT.substring(0, 2000));
            } else {
                response.header("Content-Type", type).send(TEXT);
            }
        };
    }

    @Test
    void aPartAndWhatIsKnownHaveTheTagAndTheVaryOfTheWhole() throws Exception {
        try (FilteredServer server = server(tagged("text/plain"))) {
            for (String accept : List.of(ACCEPT, "Accept-Encoding: br", "A: b")) {
                FilteredServer.Received whole = server.get(accept);
                String tag = accept.equals(ACCEPT) ? "W/\"a\"" : "\"a\"";
                assertEquals(tag, whole.field("ETag"), accept);
                for (String condition : List.of(
                        "If-None-Match: W/\"a\"", "If-None-Match: \"a\"", "If-None-Match: *", "Range: bytes=0-1999")) {
                    FilteredServer.Received other = server.get(accept, condition);
                    assertEquals(tag, other.field("ETag"), condition);
                    assertEquals("Accept-Encoding", other.field("Vary"), condition);
                    assertEquals("-", other.field("Content-Encoding"), condition);
                    assertEquals(condition.startsWith("Range") ? TEXT.substring(0, 2000) : "", other.body());
                }
            }
        }
    }

    @Test
    void whatIsTooShortHasTheTagOfALongOne() throws Exception {
        FilteredServer.Received received = received(
                (_, response) -> plain(response).header("ETag", "\"a\"").send("short"), ACCEPT);
        assertEquals("short", received.body());
        assertEquals("W/\"a\"", received.field("ETag"));
        assertEquals("Accept-Encoding", received.field("Vary"));
    }

    @Test
    void aPartOfAnImageKeepsItsTag() throws Exception {
        try (FilteredServer server = server(tagged("image/png"))) {
            FilteredServer.Received part = server.get(ACCEPT, "Range: bytes=0-1999");
            assertEquals("\"a\"", part.field("ETag"));
            assertEquals("-", part.field("Vary"));
        }
        HttpHandler known = (_, response) -> response.status(304)
                .header("Content-Type", "image/png")
                .header("ETag", "\"a\"")
                .send();
        FilteredServer.Received unchanged = received(known, ACCEPT);
        assertEquals("\"a\"", unchanged.field("ETag"));
        assertEquals("-", unchanged.field("Vary"));
        assertEquals("-", unchanged.field("Content-Type"));
    }

    /** Encoder bytes behind the head would be taken for the next response. */
    @Test
    void nothingFollowsTheHeadOfAStreamThatHeadAsksFor() throws Exception {
        HttpHandler handler = (_, response) -> {
            try (ResponseStream stream = plain(response).stream()) {
                stream.write(TEXT.getBytes(ISO_8859_1));
                stream.flush();
                stream.write(new byte[100_000]);
                stream.flush();
            }
        };
        try (FilteredServer server = server(handler);
                Socket socket = server.connect()) {
            FilteredServer.send(socket, "HEAD", "/a", ACCEPT, "Connection: keep-alive");
            FilteredServer.send(socket, "HEAD", "/a", ACCEPT, "Connection: close");
            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            String[] heads = all.split("\r\n\r\n", -1);
            assertEquals(3, heads.length, all);
            assertTrue(heads[0].startsWith("HTTP/1.1 200") && heads[1].startsWith("HTTP/1.1 200"), all);
            assertEquals("", heads[2]);
        }
    }

    @Test
    void varyIsSaidOnce() throws Exception {
        assertEquals(
                "Accept, accept-encoding",
                received(text("text/plain", "Vary", "Accept, accept-encoding"), ACCEPT)
                        .field("Vary"));
        assertEquals("*", received(text("text/plain", "Vary", "*"), ACCEPT).field("Vary"));
        assertEquals(
                "Accept,Accept-Encoding",
                received(text("text/plain", "Vary", "Accept"), ACCEPT).field("Vary"));
    }

    @Test
    void headIsAnsweredWithTheSameFields() throws Exception {
        try (FilteredServer server = server(text("text/plain", "ETag", "\"a\""))) {
            FilteredServer.Received head = server.ask("HEAD", "/a", ACCEPT);
            assertEquals("gzip", head.field("Content-Encoding"));
            assertEquals("W/\"a\"", head.field("ETag"));
            assertEquals("Accept-Encoding", head.field("Vary"));
            assertEquals("-", head.field("Content-Length"));
            assertEquals("", head.body());
        }
    }

    @Test
    void aStreamIsCompressedWhateverItsLength() throws Exception {
        byte[] random = new byte[1_000_000];
        new Random(1).nextBytes(random);
        String noise = new String(random, ISO_8859_1);
        HttpHandler handler = (_, response) -> {
            ResponseStream stream = plain(response).stream();
            stream.write(TEXT.getBytes(ISO_8859_1));
            stream.write(random);
            for (int i = 0; i < 10_000; i++) {
                stream.write(new byte[] {'x'});
            }
            stream.close();
        };
        FilteredServer.Received received = received(handler, ACCEPT);
        assertEquals("gzip", received.field("Content-Encoding"));
        assertEquals(TEXT + noise + "x".repeat(10_000), unzipped(received.body()));
    }

    @Test
    void anEmptyStreamIsEmpty() throws Exception {
        FilteredServer.Received received = received(
                (_, response) -> {
                    ResponseStream stream = plain(response).stream();
                    stream.flush();
                    stream.close();
                },
                ACCEPT);
        assertEquals("", unzipped(received.body()));
    }

    @Test
    void eachEventReachesTheClient() throws Exception {
        CompletableFuture<EventStream> opened = new CompletableFuture<>();
        HttpHandler handler = (_, response) -> opened.complete(response.events());
        try (FilteredServer server = server(handler);
                Socket socket = server.connect()) {
            FilteredServer.send(socket, "GET", "/a", ACCEPT);
            InputStream unzipped = new GZIPInputStream(body(socket), 1);
            for (String event : List.of("first", "second")) {
                opened.join().send(event);
                String text = "data: " + event + "\n\n";
                assertEquals(text, new String(unzipped.readNBytes(text.length()), ISO_8859_1));
            }
        }
    }

    /** What follows the head. */
    private static InputStream body(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) in.read();
        }
        return in;
    }

    @Test
    void whatIsFlushedReachesTheClient() throws Exception {
        CompletableFuture<ResponseStream> opened = new CompletableFuture<>();
        HttpHandler handler = (_, response) -> {
            ResponseStream stream = plain(response).stream();
            stream.write("first".getBytes(ISO_8859_1));
            stream.flush();
            opened.complete(stream);
        };
        try (FilteredServer server = server(handler);
                Socket socket = server.connect()) {
            FilteredServer.send(socket, "GET", "/a", ACCEPT);
            InputStream unzipped = new GZIPInputStream(body(socket), 1);
            assertEquals("first", new String(unzipped.readNBytes(5), ISO_8859_1));
            opened.join().write("second".getBytes(ISO_8859_1));
            opened.join().flush();
            assertEquals("second", new String(unzipped.readNBytes(6), ISO_8859_1));
            opened.join().close();
            assertEquals(-1, unzipped.read());
        }
    }
}
