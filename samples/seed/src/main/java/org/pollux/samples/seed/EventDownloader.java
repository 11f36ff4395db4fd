package org.pollux.samples.seed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** Fetches URLs concurrently on one thread, with watched sockets only. */
public final class EventDownloader {

    private final Reactor reactor;
    private final BiConsumer<URI, ByteBuffer> onResponse;
    private final BiConsumer<URI, IOException> onFailure;
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024); // one for all: callbacks never overlap

    EventDownloader(Reactor reactor, BiConsumer<URI, ByteBuffer> onResponse, BiConsumer<URI, IOException> onFailure) {
        this.reactor = reactor;
        this.onResponse = onResponse;
        this.onFailure = onFailure;
    }

    /**
     * Prints the length of each response.
     *
     * @param urls URLs of plain HTTP
     * @throws IOException if a host is unknown or the system has no socket
     */
    public static void main(String[] urls) throws IOException {
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            EventDownloader downloader = new EventDownloader(
                    reactor,
                    (url, response) -> System.out.println(url + ": " + response.remaining() + " bytes"),
                    (url, reason) -> System.err.println(url + ": " + reason.getMessage()));
            for (String url : urls) {
                downloader.fetch(URI.create(url));
            }
            reactor.run(); // until no channel is watched
        }
    }

    /** Begins to connect. The first watch is there to send the request. */
    void fetch(URI url) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.connect(new InetSocketAddress(InetAddress.getByName(url.getHost()), HttpGet.port(url)));
        ByteBuffer request = HttpGet.request(url);
        reactor.watch(socket, Interest.WRITE, orFail(url, socket, (writer, _) -> send(url, socket, request, writer)));
    }

    /** When the request is out, its watch makes place for one that reads the response. */
    private void send(URI url, SocketChannel socket, ByteBuffer request, Watch writer) throws IOException {
        if (socket.finishConnect()) {
            socket.write(request);
        }
        if (!request.hasRemaining()) {
            writer.close();
            reactor.watch(socket, Interest.READ, orFail(url, socket, (reader, _) -> receive(url, socket, reader)));
        }
    }

    /** The response grows in the watch's storage until the server closes the connection. */
    private void receive(URI url, SocketChannel socket, Watch reader) throws IOException {
        if (socket.read(input.clear()) >= 0) {
            reader.storage().append(input.flip());
        } else {
            reader.close();
            socket.close();
            onResponse.accept(url, reader.storage().content());
        }
    }

    /** A refused or reset connection throws in the callback that finds it, and ends only this download. */
    private WatchHandler orFail(URI url, SocketChannel socket, WatchHandler step) {
        return (watch, ready) -> {
            try {
                step.onReady(watch, ready);
            } catch (IOException reason) {
                watch.close();
                socket.close();
                onFailure.accept(url, reason);
            }
        };
    }
}
