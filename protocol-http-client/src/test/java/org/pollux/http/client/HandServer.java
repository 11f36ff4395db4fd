package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** A client on a reactor that the test turns, and a server that the test plays by hand. */
public final class HandServer implements AutoCloseable {

    public final TurnedReactor turned;
    ReactorHttpClient client;
    private final ServerSocketChannel listener;

    public HandServer() {
        this(ClientSettings.defaults());
    }

    HandServer(ClientSettings settings) {
        try {
            ManualClock clock = new ManualClock();
            EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
            turned = new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
            client = new ReactorHttpClient(loop, settings);
            listener = turned.closing(ServerSocketChannel.open()).bind(TurnedReactor.anyPort());
            listener.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on with a client that has other settings. */
    void use(ClientSettings settings) {
        client.close();
        client = new ReactorHttpClient(turned.reactor(), settings);
    }

    public String authority() {
        try {
            return "127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return "http://" + authority() + path;
    }

    Recorded get(String path) {
        return send(HttpRequest.get(url(path)));
    }

    Recorded send(HttpRequest request) {
        return new Recorded(this, request);
    }

    /** The server's end of the next connection. */
    public Peer accept() {
        return accept(this);
    }

    /** The server's end of a connection that waits; null when none does. */
    @Nullable
    Peer acceptIfThere() {
        try {
            SocketChannel next = listener.accept();
            if (next == null) {
                return null;
            }
            next.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Peer(turned, next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of this server's client's next connection, to another server. */
    Peer accept(HandServer other) {
        AtomicReference<SocketChannel> accepted = new AtomicReference<>();
        turned.turnUntil("the client connects", () -> {
            try {
                accepted.set(other.listener.accept());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return accepted.get() != null;
        });
        try {
            accepted.get().setOption(StandardSocketOptions.TCP_NODELAY, true); // each send arrives at once
            return new Peer(turned, accepted.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasConnectionWaiting() throws IOException {
        turned.settle();
        SocketChannel next = listener.accept();
        if (next != null) {
            turned.closing(next);
        }
        return next != null;
    }

    /** Accepts a connection and waits for the request's head on it. */
    public Peer acceptRequest() {
        return acceptRequest(this);
    }

    Peer acceptRequest(HandServer other) {
        Peer peer = accept(other);
        request(peer, 1);
        return peer;
    }

    /** All that has come when there were so many heads. */
    String request(Peer peer, int count) {
        turned.turnUntil(
                count + " requests come", () -> text(peer.receiveSome()).split("\r\n\r\n", -1).length > count);
        return text(peer);
    }

    public static String text(Peer peer) {
        return new String(peer.received(), ISO_8859_1);
    }

    /** Lines as HTTP has them. */
    static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    public void pass(Duration time) {
        turned.pass(time);
    }

    @Override
    public void close() {
        turned.close();
    }
}
