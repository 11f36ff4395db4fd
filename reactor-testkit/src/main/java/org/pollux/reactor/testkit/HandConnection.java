package org.pollux.reactor.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectionAdoptedException;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Snapshot;
import org.pollux.reactor.tls.TlsInfo;

/**
 * A connection without a socket, for tests of a protocol. The test is the peer: it sends bytes, a FIN or a reset, stops and
 * resumes reading, and looks at the bytes that it got. It calls the handler as a real connection does: one contract test
 * checks both by the same rules.
 *
 * <p>The peer's bytes are presented at once. The consequences (the end, {@code onDrained}, resumed reading) come in a later
 * {@linkplain HandReactor#turn turn}, as with a real connection.
 *
 * <p>An {@link AssertionError} of a handler propagates to the test. Any other exception aborts the connection, and is its
 * {@link #cause}.
 */
public final class HandConnection extends HandStream {

    private static final SocketAddress SERVER = InetSocketAddress.createUnresolved("server", 80);
    private static final SocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 40000);

    private Optional<TlsInfo> tls = Optional.empty();

    /** A connection that the protocol's server has accepted. */
    public HandConnection(HandReactor reactor, Protocol protocol) {
        this(reactor, protocol, SERVER, CLIENT);
    }

    /** An accepted connection whose client has the given address. */
    public HandConnection(HandReactor reactor, Protocol protocol, SocketAddress remote) {
        this(reactor, protocol, SERVER, remote);
    }

    /** An accepted connection with the given addresses. */
    public HandConnection(HandReactor reactor, Protocol protocol, SocketAddress local, SocketAddress remote) {
        this(reactor, local, remote, State.OPEN);
        tell(_ -> {
            handler = protocol.open(this);
            if (isOpen()) {
                handler.onOpen(this);
            }
        });
    }

    private HandConnection(HandReactor reactor, SocketAddress local, SocketAddress remote, State state) {
        super(reactor, local, remote, state);
    }

    /** A connection to a server that is connecting until the test calls {@link #establish} or {@link #lose}. */
    public static HandConnection connecting(HandReactor reactor, Protocol protocol) {
        HandConnection connection = new HandConnection(reactor, CLIENT, SERVER, State.CONNECTING);
        connection.tell(_ -> connection.handler = protocol.open(connection));
        return connection;
    }

    /** TLS has negotiated this with the peer. To be told before the peer sends anything. */
    public HandConnection encrypt(TlsInfo negotiated) {
        tls = Optional.of(negotiated);
        return this;
    }

    @Override
    public Optional<TlsInfo> tls() {
        return tls;
    }

    // ---- the peer's side, in the test's hands

    /** The connect has succeeded. */
    public HandConnection establish() {
        if (state == State.CONNECTING) {
            state = State.OPEN;
            output.flush();
            tell(handler::onOpen);
        }
        return this;
    }

    /** The peer sends a text, one byte for each char. */
    public HandConnection receive(String text) {
        return receive(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The peer sends bytes. */
    public HandConnection receive(byte[] bytes) {
        input.arrive(bytes);
        return arrived();
    }

    /** The peer sends a FIN. */
    public HandConnection receiveEnd() {
        input.arriveEnd();
        return arrived();
    }

    private HandConnection arrived() {
        switch (state) {
            case OPEN -> input.read();
            case CLOSING -> input.discard();
            default -> {}
        }
        advance();
        return this;
    }

    /** The peer resets the connection. */
    public HandConnection reset() {
        return lose(new IOException("Connection reset"));
    }

    /** The connection is lost, or is not established, for the given reason. */
    public HandConnection lose(Throwable why) {
        end(why);
        reactor.settle();
        return this;
    }

    /** The server asks the connection to end. */
    public HandConnection shutDown() {
        if (state == State.OPEN && !shutdownTold) {
            shutdownTold = true;
            tell(handler::onShutdown);
        }
        return this;
    }

    /**
     * The protocol is updated: the next version adopts the connection, if the present handler gives its state. The handler before
     * gets its last callback.
     *
     * @return whether it has; otherwise the present handler goes on
     * @throws RuntimeException of the next version, which refuses
     */
    public boolean passTo(Protocol next) {
        if (state != State.OPEN) {
            return false;
        }
        ConnectionHandler before = handler;
        Snapshot snapshot = before.snapshot(this);
        if (!snapshot.hasState()) {
            return false;
        }
        handler = next.adopt(this, snapshot.state());
        tell(_ -> before.onClosed(this, new ConnectionAdoptedException("Adopted by the test's next version")));
        input.handlerChanged();
        reactor.settle();
        return true;
    }

    /** The time of {@link #idleTimeout} has passed without a byte. */
    public HandConnection timeOut() {
        if (state == State.OPEN) {
            tell(handler::onTimeout);
        }
        return this;
    }

    /** The peer stops reading, and the system takes no more: written bytes wait. */
    public HandConnection block() {
        output.room(0);
        return this;
    }

    /** The system takes that many further bytes, then nothing again. */
    public HandConnection drain(long bytes) {
        output.room(bytes);
        output.flush();
        advance();
        reactor.settle();
        return this;
    }

    /** The peer reads everything again. */
    public HandConnection drain() {
        return drain(Long.MAX_VALUE);
    }

    /** The bytes that the peer has got, as one char each. */
    public String sent() {
        return new String(sentBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The bytes that the peer has got. */
    public byte[] sentBytes() {
        return output.sent();
    }

    /** The bytes that the peer has got since the last call of this method or {@link #takeSentBytes}, as one char each. */
    public String takeSent() {
        return new String(takeSentBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] takeSentBytes() {
        return output.takeSent();
    }

    /** The number of times that bytes were handed to the system. The writes of a callback count once, up to 64 KiB. */
    public int sends() {
        return output.sends();
    }

    /** Whether the peer has got a FIN. */
    public boolean isFinished() {
        return output.isFinished();
    }

    /** Whether the peer has got a reset. */
    public boolean isReset() {
        return reset;
    }

    /** Whether the handler has closed or aborted the connection, or the peer has ended it. */
    public boolean isClosed() {
        return !isOpen();
    }

    /** Whether a closed connection waits for the peer's FIN. */
    public boolean lingers() {
        return lingers;
    }

    /** The cause of the end; null for an orderly end. */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** The number of file parts that were given to {@link #transfer}. */
    public int transfers() {
        return transfers;
    }

    /** The number of bytes that have come and were not taken. */
    public int unread() {
        return input.unread();
    }

    /** The number of bytes that the handler reports as kept. */
    public long charged() {
        return charged.get();
    }

    /** The time that was set by {@link #idleTimeout}. */
    public Duration idle() {
        return idle;
    }
}
