package org.pollux.samples.seed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** Fetches URLs, all at the same time on one thread, with nothing but events of sockets. */
public final class EventDownloader {

    private final Reactor reactor;
    private final BiConsumer<URI, ByteBuffer> onAnswer;
    private final BiConsumer<URI, IOException> onFailure;
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024); // one for all: callbacks never overlap

    EventDownloader(Reactor reactor, BiConsumer<URI, ByteBuffer> onAnswer, BiConsumer<URI, IOException> onFailure) {
        this.reactor = reactor;
        this.onAnswer = onAnswer;
        this.onFailure = onFailure;
    }

    /**
     * Prints how long each answer is.
     *
     * @param urls of plain HTTP
     * @throws IOException when a host is unknown or the system has no socket
     */
    public static void main(String[] urls) throws IOException {
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            EventDownloader downloader = new EventDownloader(
                    reactor,
                    (url, answer) -> System.out.println(url + ": " + answer.remaining() + " bytes"),
                    (url, reason) -> System.err.println(url + ": " + reason.getMessage()));
            for (String url : urls) {
                downloader.fetch(URI.create(url));
            }
            reactor.run(); // until no event is left
        }
    }

    /** Begins to connect. The first event is there to send the request. */
    void fetch(URI url) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.connect(new InetSocketAddress(InetAddress.getByName(url.getHost()), HttpGet.port(url)));
        ByteBuffer request = HttpGet.request(url);
        reactor.watch(socket, Interest.WRITE, orFail(url, socket, writer -> send(url, socket, request, writer)));
    }

    /** When the request is out, its event makes place for one that reads the answer. */
    private void send(URI url, SocketChannel socket, ByteBuffer request, Event writer) throws IOException {
        if (socket.finishConnect()) {
            socket.write(request);
        }
        if (!request.hasRemaining()) {
            writer.close();
            reactor.watch(socket, Interest.READ, orFail(url, socket, reader -> receive(url, socket, reader)));
        }
    }

    /** The answer grows in the event's storage until the server closes the connection. */
    private void receive(URI url, SocketChannel socket, Event reader) throws IOException {
        if (socket.read(input.clear()) >= 0) {
            reader.storage().append(input.flip());
        } else {
            reader.close();
            socket.close();
            onAnswer.accept(url, reader.storage().content());
        }
    }

    /** A connection that is refused or reset throws in the callback which meets it, and ends this download alone. */
    private EventHandler orFail(URI url, SocketChannel socket, EventHandler step) {
        return event -> {
            try {
                step.onEvent(event);
            } catch (IOException reason) {
                event.close();
                socket.close();
                onFailure.accept(url, reason);
            }
        };
    }
}
