package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.framing.FrameHandler;
import org.pollux.reactor.framing.Framing;

/** The row about buffers that deliver up to a marker. */
@ParameterizedClass
@EnumSource
class BufferRowsTest extends RowsTest {

    private static final Framing LINES = Framing.delimitedBy(64, "\r\n", "\n");

    BufferRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    @Test
    void makeBuffer() throws IOException {
        Listener capitals = listen(_ -> LINES.responding((connection, line) -> {
            String text = UTF_8.decode(line).toString();
            return connection.write(UTF_8.encode(text.toUpperCase(Locale.ROOT) + "\r\n"));
        }));
        LineClient.send(reactor, capitals.local(), List.of("hello", "", "world"), line -> {
            log.add(line);
            if (line.equals("end")) {
                capitals.close();
            }
        });
        reactor.run();
        assertEquals(List.of("connected", "line: HELLO", "line: ", "line: WORLD", "end"), log);
    }

    @Test
    void makeBufferWithAnError() throws IOException {
        LineClient.send(reactor, Site.addressOfNobody(), List.of("hello"), log::add);
        reactor.run();
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.getFirst().matches("failed: .*refused.*"), log::toString);
    }

    @Test
    void makeBufferWithATimeout() throws IOException {
        Listener silent = listen(_ -> (_, _) -> {});
        connect(silent, new Noting(silent)).idleTimeout(Duration.ofMillis(20));
        reactor.run();
        assertEquals(List.of("timeout", "closed"), log);
    }

    @Test
    void makeBufferWithABound() throws IOException {
        Listener endless = listen(connection -> {
            connection.write(ByteBuffer.allocate(100));
            return (_, _) -> {};
        });
        connect(endless, new Noting(endless));
        reactor.run();
        assertEquals(List.of("There is no delimiter in the first 64 bytes of a frame, which is the limit"), log);
    }

    @Test
    void bufferSend() throws IOException {
        Listener slow = listen(connection -> {
            connection.pauseReading();
            reactor.after(Duration.ofMillis(20), _ -> connection.resumeReading());
            return (_, in) -> in.position(in.limit());
        });
        connect(slow, new Noting(slow) {
            @Override
            public void onOpen(Connection connection) {
                while (connection.write(ByteBuffer.allocate(1000))) {}
                log.add("full");
            }

            @Override
            public void onDrained(Connection connection) {
                log.add("drained");
                connection.close();
            }
        });
        reactor.run();
        assertEquals(List.of("full", "drained", "closed"), log);
    }

    private Listener listen(Protocol protocol) throws IOException {
        return reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), protocol);
    }

    private Connection connect(Listener server, FrameHandler handler) {
        return reactor.connect(server.local(), LINES.around(handler));
    }

    /** Notes what it hears, and ends the server with its connection. */
    private class Noting implements FrameHandler {

        private final Listener server;

        Noting(Listener server) {
            this.server = server;
        }

        @Override
        public void onFrame(Connection connection, ByteBuffer frame) {
            log.add("frame");
        }

        @Override
        public void onTimeout(Connection connection) {
            log.add("timeout");
            connection.abort();
        }

        @Override
        public void onClosed(Connection connection, @Nullable Throwable cause) {
            log.add(cause == null ? "closed" : String.valueOf(cause.getMessage()));
            server.close();
        }
    }
}
