package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.RequestWrapper;
import org.pollux.http.ResponseStream;

/** What is in the log when it was closed, which waits until all is written. */
@Timeout(60)
class AccessLogFilterTest {

    private static final HttpHandler HELLO = (_, response) -> response.send("hello");
    private static final String DATE = "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\]";

    @TempDir
    Path folder;

    private interface Requests {
        void send(FilteredServer server) throws IOException;
    }

    private List<String> log(HttpHandler handler, boolean extended, Requests requests, HttpFilter... before)
            throws IOException {
        Path file = folder.resolve("log/access.log");
        AccessLogSettings settings = new AccessLogSettings(file, 1 << 20, 1, extended);
        try (AccessLogFilter log = new AccessLogFilter(settings)) {
            HttpFilter[] filters =
                    Stream.concat(Stream.of(before), Stream.of(log)).toArray(HttpFilter[]::new);
            try (FilteredServer server = new FilteredServer(handler, filters)) {
                requests.send(server);
            }
        }
        return Files.readAllLines(file);
    }

    private static void assertLine(String rest, String line) {
        assertTrue(line.matches("127\\.0\\.0\\.1 - - " + DATE + " .*"), line);
        assertEquals(rest, line.substring(line.indexOf("] ") + 2));
    }

    @Test
    void eachRequestHasALine() throws Exception {
        List<String> lines = log(HELLO, false, server -> {
            server.ask("GET", "/a?b=%20c", "User-Agent: curl/8 (x)", "Referer: https://ex.org/");
            server.ask("HEAD", "/a");
            server.ask("GET", "/none");
            server.ask("DELETE", "/a");
        });
        assertEquals(4, lines.size());
        assertLine("\"GET /a?b=%20c HTTP/1.0\" 200 5 \"https://ex.org/\" \"curl/8 (x)\"", lines.get(0));
        assertLine("\"HEAD /a HTTP/1.0\" 200 0 \"-\" \"-\"", lines.get(1));
        assertLine("\"GET /none HTTP/1.0\" 404 14 \"-\" \"-\"", lines.get(2));
        assertLine("\"DELETE /a HTTP/1.0\" 405 23 \"-\" \"-\"", lines.get(3));
    }

    @Test
    void aHandlerThatFailsIsA500() throws Exception {
        HttpHandler broken = (_, _) -> {
            throw new IOException("on purpose");
        };
        List<String> lines = log(broken, false, server -> server.get());
        assertLine("\"GET /a HTTP/1.0\" 500 26 \"-\" \"-\"", lines.getFirst());
    }

    @Test
    void noClientCanWriteALineOfItsOwn() throws Exception {
        List<String> lines = log(HELLO, false, server -> {
            server.get("User-Agent: \" 200 1 \"x\\", "Referer: a\tb\u00FC");
            server.ask("GET", "/none\"");
        });
        assertLine("\"GET /a HTTP/1.0\" 200 5 \"a\\x09b\\xFC\" \"\\x22 200 1 \\x22x\\x5C\"", lines.get(0));
        assertLine("\"GET /none\\x22 HTTP/1.0\" 404 14 \"-\" \"-\"", lines.get(1));
    }

    @Test
    void whatIsNoOctetFromAFilterIsWrittenAsUtf8() throws Exception {
        HttpFilter evil = (request, response, next) -> next.handle(
                new RequestWrapper(request) {
                    @Override
                    public String target() {
                        return "/\u2028\uD83D\uDE00\u007F\u0085\u001B[2J\n";
                    }
                },
                response);
        List<String> lines = log(HELLO, false, server -> server.get(), evil);
        assertLine(
                "\"GET /\\xE2\\x80\\xA8\\xF0\\x9F\\x98\\x80\\x7F\\x85\\x1B[2J\\x0A HTTP/1.0\" 200 5 \"-\" \"-\"",
                lines.getFirst());
    }

    @Test
    void aResponseWithoutABodyHasNoBytes() throws Exception {
        HttpHandler bodyless = (request, response) -> {
            switch (request.target()) {
                case "/a?304" -> response.status(304).send();
                case "/a?204" -> response.status(204).send();
                default -> {
                    ResponseStream stream = response.stream();
                    stream.write(UTF_8.encode("hello"));
                    stream.close();
                }
            }
        };
        List<String> lines = log(bodyless, false, server -> {
            server.ask("GET", "/a?304");
            server.ask("GET", "/a?204");
            server.ask("HEAD", "/a");
            server.ask("GET", "/a");
        });
        assertLine("\"GET /a?304 HTTP/1.0\" 304 0 \"-\" \"-\"", lines.get(0));
        assertLine("\"GET /a?204 HTTP/1.0\" 204 0 \"-\" \"-\"", lines.get(1));
        assertLine("\"HEAD /a HTTP/1.0\" 200 0 \"-\" \"-\"", lines.get(2));
        assertLine("\"GET /a HTTP/1.0\" 200 5 \"-\" \"-\"", lines.get(3));
    }

    @Test
    void aDownloadThatTheClientGaveUpIsToldWithTheBytesThatWereSent() throws Exception {
        long length = 1L << 40;
        CountDownLatch over = new CountDownLatch(1);
        HttpHandler endless = (_, response) -> {
            ResponseStream stream = response.stream(length);
            Runnable more = () -> {
                while (stream.write(ByteBuffer.allocate(16 * 1024))) {
                    // there is room
                }
            };
            stream.onDrained(more).onClosed(over::countDown);
            more.run();
        };
        int received = 1_000_000;
        List<String> lines = log(endless, true, server -> {
            try (Socket socket = server.connect()) {
                FilteredServer.send(socket, "GET", "/a");
                socket.getInputStream().readNBytes(received);
            }
            await(over);
        });
        String line = lines.getFirst();
        assertTrue(line.matches(".* \"GET /a HTTP/1\\.0\" 200 \\d+ \"-\" \"-\" \\d+ \"-\" cut"), line);
        long sent = Long.parseLong(line.split(" ", -1)[9]);
        assertTrue(sent >= received && sent < 100_000_000, line);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(40, TimeUnit.SECONDS), "it does not end");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theClientBehindAProxyAndTheRequestsIdAreSeen() throws Exception {
        HttpFilter forwarded = new ForwardedFilter(List.of("127.0.0.1"), ForwardedFilter.Fields.X_FORWARDED);
        List<String> lines = log(
                HELLO,
                true,
                server -> server.get("X-Forwarded-For: 192.0.2.7", "X-Request-Id: mine"),
                forwarded,
                new RequestIdFilter());
        assertTrue(
                lines.getFirst()
                        .matches(
                                "192\\.0\\.2\\.7 - - " + DATE + " \"GET /a HTTP/1.0\" 200 5 \"-\" \"-\" \\d+ \"mine\""),
                lines::toString);
    }

    @Test
    void whatIsNoRequestHasALineToo() throws Exception {
        List<String> lines = log(HELLO, false, server -> {
            server.ask("GET", "a");
            server.ask("GET", "/" + "a".repeat(10_000));
            server.ask("POST", "/a", "Content-Length: 9999999999");
        });
        assertLine("\"-\" 400 16 \"-\" \"-\"", lines.get(0));
        assertLine("\"-\" 414 17 \"-\" \"-\"", lines.get(1));
        assertLine("\"POST /a HTTP/1.0\" 413 22 \"-\" \"-\"", lines.get(2));
    }

    @Test
    void manyLinesAreWrittenWhole() throws Exception {
        List<String> lines = log(HELLO, false, server -> {
            for (int i = 0; i < 300; i++) {
                server.ask("GET", "/a?" + i);
            }
        });
        assertEquals(300, lines.size());
        for (int i = 0; i < 300; i++) {
            assertTrue(lines.get(i).contains("\"GET /a?" + i + " HTTP/1.0\""));
        }
    }
}
