package org.pollux.samples.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** Fetches URLs concurrently on one thread. It does the same as {@link EventDownloader}, with connections. */
public final class ConnectionDownloader {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Reactor reactor;
    private final BiConsumer<URI, ByteBuffer> onResponse;
    private final BiConsumer<URI, Throwable> onFailure;

    ConnectionDownloader(
            Reactor reactor, BiConsumer<URI, ByteBuffer> onResponse, BiConsumer<URI, Throwable> onFailure) {
        this.reactor = reactor;
        this.onResponse = onResponse;
        this.onFailure = onFailure;
    }

    /**
     * Prints the length of each response.
     *
     * @param urls URLs of plain HTTP
     * @throws IOException if the system has no descriptors left
     */
    public static void main(String[] urls) throws IOException {
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            ConnectionDownloader downloader = new ConnectionDownloader(
                    reactor,
                    (url, response) -> System.out.println(url + ": " + response.remaining() + " bytes"),
                    (url, reason) -> System.err.println(url + ": " + reason.getMessage()));
            for (String url : urls) {
                downloader.fetch(URI.create(url));
            }
            reactor.run(); // until no connection is left
        }
    }

    /** Begins to connect; the request waits in the connection until it is established. */
    void fetch(URI url) {
        Connection connection = reactor.connect(
                InetSocketAddress.createUnresolved(url.getHost(), HttpGet.port(url)), // looked up beside the loop
                new Download(url));
        connection.idleTimeout(PATIENCE);
        connection.write(HttpGet.request(url));
    }

    private final class Download implements ConnectionHandler {

        private final URI url;
        private final ByteArrayOutputStream response = new ByteArrayOutputStream();
        private boolean complete;

        Download(URI url) {
            this.url = url;
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            response.writeBytes(bytes);
        }

        @Override
        public void onInputClosed(Connection connection) {
            complete = true;
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable Throwable cause) {
            if (complete) {
                onResponse.accept(url, ByteBuffer.wrap(response.toByteArray()));
            } else {
                onFailure.accept(url, cause != null ? cause : new SocketTimeoutException("no byte for " + PATIENCE));
            }
        }
    }
}
