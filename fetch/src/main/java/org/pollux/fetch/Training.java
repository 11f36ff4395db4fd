package org.pollux.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/**
 * A run that does what users do, against a server in the same process: the JVM remembers the classes that it loads and how
 * they are linked (JEP 483), and starts the sooner with them. See the command {@code pollux}.
 */
final class Training {

    private static final int URLS = 300;

    private final Main main;

    Training(Main main) {
        this.main = main;
    }

    /** The exit status. */
    int run() throws IOException {
        Path folder = Files.createTempDirectory("pollux-training-");
        try (EventLoop server = new EventLoop(new NioBackend())) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            int port = ((InetSocketAddress)
                            server.listen(address, _ -> new Responder()).local())
                    .getPort();
            Thread.ofPlatform().start(server::run);
            List<String> urls = new ArrayList<>(List.of("--proxy", ""));
            for (int i = 0; i < URLS; i++) {
                urls.add("http://" + (i % 2 == 0 ? "127.0.0.1" : "localhost") + ":" + port + "/" + i);
            }
            int printed = main.run(urls);
            urls.addAll(List.of("--overwrite", "-o", folder.toString()));
            int saved = main.run(urls);
            urls.addAll(List.of("--backend", "libevent"));
            int _ = main.run(urls); // where there is none, nothing is to be learned
            return Math.max(printed, saved);
        } finally {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Responds to every request, in each of the ways in which a body can end. */
    private static final class Responder implements ConnectionHandler {

        private static final String BODY = "0123456789".repeat(10_000);

        private int count;

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            boolean whole = in.limit() >= 4 && in.getInt(in.limit() - 4) == 0x0D0A0D0A;
            if (!whole) {
                return; // requests are not sent ahead: when the last four bytes are there, it is one
            }
            in.position(in.limit());
            String response = "HTTP/1.1 200 OK\r\nServer: training\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\n"
                    + "Content-Type: text/plain\r\nETag: \"1\"\r\nAccept-Ranges: bytes\r\n"
                    + switch (count++ % 3) {
                        case 0 -> "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
                        case 1 -> "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
                        default -> "Connection: close\r\n\r\nok";
                    };
            connection.write(ByteBuffer.wrap(response.getBytes(StandardCharsets.US_ASCII)));
            if (response.contains("Connection: close")) {
                connection.close();
            }
        }
    }
}
