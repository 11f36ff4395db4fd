package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** A server on a thread of its own that responses well or in one of the ways that are not well. */
final class FaultyServer implements AutoCloseable {

    private final EventLoop loop;
    private final int port;

    FaultyServer() throws IOException {
        loop = new EventLoop(TestedBackend.of(new NioBackend()));
        port = ((InetSocketAddress) loop.listen(TurnedReactor.anyPort(), _ -> new Responder())
                        .local())
                .getPort();
        Thread.ofPlatform().start(loop::run);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The body of {@code /file/NUMBER}. */
    static byte[] file(int number) {
        byte[] bytes = new byte[number * 97 % 20_000];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    static final class Responder implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            String text = ISO_8859_1.decode(in.duplicate()).toString();
            if (text.endsWith("\r\n\r\n")) {
                in.position(in.limit());
                response(connection, text.substring(4, text.indexOf(' ', 4)));
            }
        }

        private static void response(Connection connection, String path) {
            switch (path) {
                case "/loop" -> redirect(connection, "/pool");
                case "/pool" -> redirect(connection, "/loop");
                case "/moved" -> redirect(connection, "/file/7");
                case "/never" -> {}
                case "/short" -> {
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc".getBytes(ISO_8859_1));
                    connection.close();
                }
                case "/trickle" -> trickle(connection, Integer.MAX_VALUE);
                case "/trickle-and-end" -> trickle(connection, 14);
                case "/escapes" ->
                    write(connection, "HTTP/1.1 500 a\u009B[2Jb\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                case "/ssh" -> write(connection, "SSH-2.0-Fake\r\n".getBytes(ISO_8859_1));
                default -> {
                    if (path.startsWith("/file/")) {
                        byte[] body = file(Integer.parseInt(path.substring(6)));
                        write(
                                connection,
                                ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                                        .getBytes(ISO_8859_1));
                        write(connection, body);
                    } else if (path.startsWith("/to/")) {
                        redirect(connection, path.substring(4));
                    } else if (path.startsWith("/echo/")) {
                        write(
                                connection,
                                ("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path)
                                        .getBytes(ISO_8859_1));
                    } else if (path.startsWith("/status/")) {
                        write(
                                connection,
                                ("HTTP/1.1 " + path.substring(8) + " Odd\r\nContent-Length: 2\r\n\r\nab")
                                        .getBytes(ISO_8859_1));
                    } else {
                        write(
                                connection,
                                "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno.".getBytes(ISO_8859_1));
                    }
                }
            }
        }

        /** A body that comes slowly, and ends after so many bytes. */
        private static void trickle(Connection connection, int bytes) {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(ISO_8859_1));
            int[] left = {bytes};
            connection.reactor().every(Duration.ofMillis(50), event -> {
                write(connection, ".".getBytes(ISO_8859_1));
                if (--left[0] == 0) {
                    connection.close();
                }
                if (!connection.isOpen()) {
                    event.close();
                }
            });
        }

        private static void redirect(Connection connection, String location) {
            write(
                    connection,
                    ("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(ISO_8859_1));
        }

        private static void write(Connection connection, byte[] bytes) {
            connection.write(ByteBuffer.wrap(bytes));
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
