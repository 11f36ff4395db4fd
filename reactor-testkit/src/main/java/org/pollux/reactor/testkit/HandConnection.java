package org.pollux.reactor.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Protocol;

/**
 * A connection without a socket, for tests of a protocol. The test is the peer: it sends bytes, a FIN or a reset, stops
 * reading and goes on, and looks at what was sent to it. The handler is called as a real connection calls it: one
 * contract test holds both to the same rules.
 *
 * <p>What the peer sends is presented at once. What follows from it (the end, {@code onDrained}, reading that is resumed)
 * comes in a later {@linkplain HandReactor#turn turn}, as with a real connection.
 *
 * <p>An {@link AssertionError} that a handler throws goes through to the test. All else that it throws aborts the
 * connection, and is {@link #cause}.
 */
public final class HandConnection extends HandStream {

    private static final SocketAddress SERVER = InetSocketAddress.createUnresolved("server", 80);
    private static final SocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 40000);

    /** A connection that the protocol's server has accepted. */
    public HandConnection(HandReactor reactor, Protocol protocol) {
        this(reactor, protocol, SERVER, CLIENT);
    }

    /** One whose client has an address of the test's own. */
    public HandConnection(HandReactor reactor, Protocol protocol, SocketAddress remote) {
        this(reactor, protocol, SERVER, remote);
    }

    /** One with addresses of the test's own. */
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

    /** A connection that is under way to a server, until the test says {@link #establish} or {@link #lose}. */
    public static HandConnection connecting(HandReactor reactor, Protocol protocol) {
        HandConnection connection = new HandConnection(reactor, CLIENT, SERVER, State.CONNECTING);
        connection.tell(_ -> connection.handler = protocol.open(connection));
        return connection;
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

    /** The peer sends a text, a byte for each char. */
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

    /** The connection is lost for a reason of the test's own, or does not come about. */
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

    /** The time of {@link #idleTimeout} is over, and no byte was moved. */
    public HandConnection timeOut() {
        if (state == State.OPEN) {
            tell(handler::onTimeout);
        }
        return this;
    }

    /** The peer stops reading, and the system takes no more: what is written waits. */
    public HandConnection block() {
        output.room(0);
        return this;
    }

    /** The system takes so many bytes more, then nothing again. */
    public HandConnection drain(long bytes) {
        output.room(bytes);
        output.flush();
        advance();
        reactor.settle();
        return this;
    }

    /** The peer reads again, everything. */
    public HandConnection drain() {
        return drain(Long.MAX_VALUE);
    }

    /** What the peer has got, a char for each byte. */
    public String sent() {
        return new String(sentBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What the peer has got. */
    public byte[] sentBytes() {
        return output.sent();
    }

    /** The same since the last call of this method or {@link #takeSentBytes}. */
    public String takeSent() {
        return new String(takeSentBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] takeSentBytes() {
        return output.takeSent();
    }

    /** Whether the peer has got a FIN. */
    public boolean isFinished() {
        return output.isFinished();
    }

    /** Whether the peer has got a reset. */
    public boolean isReset() {
        return reset;
    }

    /** Whether its handler has closed or aborted it, or the peer is gone. */
    public boolean isClosed() {
        return !isOpen();
    }

    /** Whether it waits for the peer's FIN when it is closed. */
    public boolean lingers() {
        return lingers;
    }

    /** Why it is over; null when nothing is wrong. */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** How many parts of files were given to {@link #transfer}. */
    public int transfers() {
        return transfers;
    }

    /** How much has come and was not taken. */
    public int unread() {
        return input.unread();
    }

    /** So many bytes does its handler say that it keeps. */
    public long charged() {
        return charged.get();
    }

    /** The time that was set by {@link #idleTimeout}. */
    public Duration idle() {
        return idle;
    }
}
