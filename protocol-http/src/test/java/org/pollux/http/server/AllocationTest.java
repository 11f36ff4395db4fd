package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.testkit.HandReactor;

/** The steady path of a handler that responds in its call allocates two handles for a request, and nothing else. */
class AllocationTest {

    private static final String GET = """
            GET /plaintext HTTP/1.1\r
            Host: localhost:8080\r
            Accept: text/plain, */*;q=0.1\r
            User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r
            Cookie: uid=12345678901234567890\r
            \r
            """;
    private static final int PIPELINED = 16;
    private static final int ROUNDS = 1000;

    /** A {@code RequestHandle} of 24 bytes (its head, the insides, the thread, the state) and a {@code ResponseHandle} of 16. */
    private static final long HANDLES = 24 + 16;

    /** Bytes in a round of 16,000 requests that are the JVM's own: compiled code that is exchanged, for instance. */
    private static final long NOISE = 20_000;

    private final HandReactor reactor = new HandReactor();

    private final RouteRegistry routes = new RouteRegistry();

    @Test
    void aPlainResponseAllocatesItsHandlesOnly() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
        routes.add(
                (request, response) ->
                        response.header("Content-Type", "text/plain").send(body),
                "/plaintext");
        allocatesItsHandlesOnly(GET, "Content-Type: text/plain\r\n", "Hello, World!");
    }

    @Test
    void aPlainResponseOfAPatternAllocatesItsHandlesOnly() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
        routes.add((request, response) -> response.send(body), "/{any}", "/x/*");
        allocatesItsHandlesOnly(GET, "", "Hello, World!");
    }

    @Test
    void aSmallBodyAllocatesItsHandlesOnly() {
        Whole whole = new Whole();
        routes.add(whole, Mount.at("/x").methods("POST"));
        String head = "POST /x HTTP/1.1\r\nHost: h\r\n";
        allocatesItsHandlesOnly(head + "Content-Length: 5\r\n\r\nhello", "", "hello");
        allocatesItsHandlesOnly(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "", "hello");
    }

    @Test
    void aBodyThatNobodyReadsAllocatesItsHandlesOnly() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
        routes.add((request, response) -> response.send(body), Mount.at("/x").methods("POST"));
        allocatesItsHandlesOnly("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "", "Hello, World!");
    }

    /** Heads of requests over HTTP/2 whose fields are in the tables of both sides, as those of a client are that goes on. */
    @Test
    void aPlainResponseOverHttp2AllocatesItsHandlesOnly() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
        routes.add(
                (request, response) ->
                        response.header("Content-Type", "text/plain").send(body),
                "/plaintext");
        Sink sink = new Sink();
        WireChooser chooser =
                new WireChooser(routes, settings(), new HandTime(), new LimitCounts(BlockingCalls::refused));
        chooser.open(sink).onData(sink, Http2Requests.preface());
        ConnectionHandler handler = sink.handler;
        Http2Requests requests = new Http2Requests(PIPELINED);
        handler.onData(sink, requests.first());

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30 && least > HANDLES * PIPELINED * ROUNDS + NOISE; round++) {
            least = Math.min(least, allocatedBy(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    handler.onData(sink, requests.next());
                }
            }));
        }
        long beyond = least - HANDLES * PIPELINED * ROUNDS;
        assertTrue(Math.abs(beyond) <= NOISE, least + " bytes in " + PIPELINED * ROUNDS + " requests");
    }

    /** Sends a body back with the last piece of it, and makes no object for a request. */
    private static final class Whole implements HttpHandler, BodyHandler {

        private final byte[] gathered = new byte[5];
        private @Nullable Response response;

        @Override
        public void handle(Request request, Response answer) {
            response = answer;
            request.body().read(this);
        }

        @Override
        public void onData(ByteBuffer in) {
            in.get(gathered);
        }

        @Override
        public void onEnd(Headers trailers) {
            if (response != null) {
                response.send(gathered);
            }
        }
    }

    private void allocatesItsHandlesOnly(String request, String fields, String body) {
        Sink sink = new Sink();
        ConnectionHandler handler =
                new WireChooser(routes, settings(), new HandTime(), new LimitCounts(BlockingCalls::refused)).open(sink);
        ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
        in.put(request.repeat(PIPELINED).getBytes(StandardCharsets.US_ASCII)).flip();

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30 && least > HANDLES * PIPELINED * ROUNDS + NOISE; round++) {
            least = Math.min(least, allocatedBy(() -> serve(handler, sink, in)));
        }
        assertEquals(0, sink.written % HandServer.ok(fields, body).length());
        long beyond = least - HANDLES * PIPELINED * ROUNDS;
        assertTrue(Math.abs(beyond) <= NOISE, least + " bytes in " + PIPELINED * ROUNDS + " requests");
    }

    /** Without a bound of the requests of a connection. */
    private static HttpSettings settings() {
        HttpSettings defaults = HttpSettings.defaults();
        ConnectionLimits all = defaults.connection();
        ConnectionLimits endless = new ConnectionLimits(all.idleTimeout(), Integer.MAX_VALUE, all.outbound());
        return new HttpSettings(defaults.head(), defaults.body(), endless, defaults.server());
    }

    private static void serve(ConnectionHandler handler, Connection connection, ByteBuffer in) {
        for (int i = 0; i < ROUNDS; i++) {
            in.rewind();
            handler.onData(connection, in);
        }
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Takes all and keeps nothing. */
    private final class Sink implements Connection {

        private long written;
        private ConnectionHandler handler = (connection, in) -> {};

        @Override
        public boolean write(ByteBuffer data) {
            written += data.remaining();
            data.position(data.limit());
            return true;
        }

        @Override
        public Reactor reactor() {
            return reactor;
        }

        @Override
        public Connection handler(ConnectionHandler next) {
            handler = next;
            return this;
        }

        @Override
        public <T> @Nullable T attribute(Key<T> key) {
            return null;
        }

        @Override
        public <T> Connection attribute(Key<T> key, @Nullable T value) {
            return this;
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public SocketAddress local() {
            throw new AssertionError();
        }

        @Override
        public SocketAddress remote() {
            throw new AssertionError();
        }

        @Override
        public boolean transfer(FileChannel file, long from, long count) {
            throw new AssertionError();
        }

        @Override
        public long pending() {
            return 0;
        }

        @Override
        public Connection watermarks(int low, int high) {
            return this;
        }

        @Override
        public Connection idleTimeout(Duration idle) {
            return this;
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public boolean isReadingPaused() {
            return false;
        }

        @Override
        public void closeOutput() {}

        @Override
        public void close() {}

        @Override
        public void closeWithoutLinger() {}

        @Override
        public void abort() {}

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
