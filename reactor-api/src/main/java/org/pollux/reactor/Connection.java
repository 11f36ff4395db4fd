package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.pollux.reactor.tls.TlsInfo;

/**
 * A stream to a peer, over TCP or a Unix-domain socket. It belongs to one reactor, and only that reactor's thread calls
 * its handler. Every method except {@link #transfer} may be called from any thread; calls from another thread take
 * effect on the loop in their order.
 *
 * <p>When the connection is closing or closed, all methods are no-ops.
 */
@ProviderType
public interface Connection {

    Reactor reactor();

    /**
     * Replaces the handler. The new handler is called when the present callback has ended, or from the next callback on
     * when none runs; the old one is not called again. Use it when a connection changes its protocol: after a greeting,
     * after an upgrade, or when the first bytes decide.
     *
     * <p>The bytes that the old handler left unread are presented to the new one in a separate task, whether or not
     * more come, unless reading is paused. No event is reported twice: the new handler gets no {@code onOpen} when the
     * connection is established already, and no {@code onInputClosed} when the old handler got it. The program that
     * replaces the handler takes care of that. Everything else is kept: the bytes that wait to be sent, the idle
     * timeout, the watermarks, a pause, the attributes.
     *
     * @return this connection
     */
    Connection handler(ConnectionHandler next);

    /**
     * Its number, which no other connection of this process gets. It can still be read when the connection has ended.
     *
     * @see org.pollux.reactor.admin.ConnectionStatus#id
     */
    long id();

    /** The value that was set for a key; null when none was set. It can still be read when the connection has ended. */
    <T> @Nullable T attribute(Key<T> key);

    /**
     * Keeps a value with this connection. It connects parts that do not know each other: the acceptor, the handler, the
     * next handler. Meant for a few values; a connection without any costs nothing. Takes effect at once on any thread.
     *
     * @param value null removes it
     * @return this connection
     */
    <T> Connection attribute(Key<T> key, @Nullable T value);

    /**
     * The local address; behind a proxy that tells it ({@link #proxy}), the address that the client is connected to. While a
     * connect is under way, it may not be bound yet.
     */
    SocketAddress local();

    /**
     * The peer's address. For a connect by name it is the name until the connection is established, and then the
     * address that was found. An unnamed Unix-domain peer has an empty path. Behind a proxy that tells it ({@link #proxy}),
     * the client's address.
     */
    SocketAddress remote();

    /**
     * What TLS has negotiated with the peer: the protocol, the name that it asked for, its certificates. It can still be read
     * when the connection has ended.
     *
     * @return empty without TLS, and before a connect is established
     */
    default Optional<TlsInfo> tls() {
        return Optional.empty();
    }

    /**
     * What a proxy has told by the PROXY protocol. It can still be read when the connection has ended.
     *
     * @return empty when the endpoint expects no header from this peer
     */
    default Optional<ProxyInfo> proxy() {
        return Optional.empty();
    }

    /**
     * Takes all of the data, which is sent in order. The buffer is read to its limit when the call returns and may be
     * used again at once. All writes of one callback are sent together when that callback ends. A write outside a
     * callback is sent at once, as far as the system takes it, and the rest waits.
     *
     * @return false when more bytes wait than the high-water mark: the writer should stop until
     *     {@link ConnectionHandler#onDrained}. A writer that ignores false is aborted, with that as the cause, when the
     *     limit (16 MiB) is exceeded before its write. Also false when nothing can be sent any more: after
     *     {@link #closeOutput}, both ways to close and {@link #abort}, and when the connection has ended; no
     *     {@code onDrained} follows then
     */
    boolean write(ByteBuffer data);

    /**
     * Takes a part of a file, which is sent after everything written before. The system sends the file itself where it
     * can. On the reactor's thread only.
     *
     * <p>The file belongs to the caller, which keeps it open until this returns true,
     * {@link ConnectionHandler#onDrained} follows, or the connection is closed. The bytes of it that wait count as
     * {@link #pending}, but not toward the hard limit. When the file cannot be read, or ends before that part does, the
     * connection is aborted.
     *
     * @param from the place of the first byte
     * @param count of bytes
     * @return true when the system has taken all of it. Otherwise {@code onDrained} follows when it has, unless nothing
     *     can be sent any more, as with {@link #write}
     * @throws IllegalArgumentException when a number is negative
     * @throws IllegalStateException on another thread
     */
    boolean transfer(FileChannel file, long from, long count);

    /** Bytes that were taken and not yet handed to the system. */
    long pending();

    /**
     * Bytes that were taken and will never be handed to the system, because the connection has ended; 0 before that.
     */
    default long unsent() {
        return 0;
    }

    /**
     * Counts memory that the handler keeps for this connection, such as the first part of an incomplete message. The
     * bytes count toward the memory of all connections. When that is used up, the server sheds the slowest and largest
     * connections. Bytes that wait to be sent, and bytes that {@code onData} left unread, are counted without this.
     * From any thread.
     *
     * @param bytes that are kept from now on; negative for those that are kept no longer. Nothing has to be subtracted
     *     when the connection has ended
     * @return false when memory is so scarce that the handler should refuse what it can refuse; the bytes are counted
     *     in both cases
     */
    default boolean charge(long bytes) {
        return true;
    }

    /**
     * Sets when {@link #write} starts to return false, and when {@link ConnectionHandler#onDrained} follows.
     *
     * @param low bytes, 16 KiB unless set
     * @param high bytes, 64 KiB unless set
     * @return this connection
     * @throws IllegalArgumentException unless 0 &lt;= low &lt; high
     */
    Connection watermarks(int low, int high);

    /**
     * Calls {@link ConnectionHandler#onTimeout} when no byte was read or sent for that time, nor has begun to wait to be sent.
     * {@link Duration#ZERO}, the initial value, means never. Resetting it at every byte costs almost nothing.
     *
     * @return this connection
     * @throws IllegalArgumentException when it is negative
     */
    Connection idleTimeout(Duration idle);

    /** Stops {@code onData}; the kernel fills its buffer and then holds the peer back. The peer's FIN waits as well. */
    void pauseReading();

    /** Continues with {@code onData}, first with the bytes that were left unread. */
    void resumeReading();

    /** Whether {@link #pauseReading} has taken effect and {@link #resumeReading} has not. */
    boolean isReadingPaused();

    /** Sends a FIN after all that was written; reading goes on. */
    void closeOutput();

    /**
     * Ends the connection so that the peer gets all that was written: flushes, sends a FIN, and discards all further
     * input until the peer's own FIN, for a few seconds at most. No {@code onData} follows.
     */
    void close();

    /**
     * Ends the connection like {@link #close}, but does not wait for the peer's FIN: for a peer that is known to send
     * nothing more, and whose last bytes were presented. A peer that does send gets a reset, perhaps before it has read
     * the last bytes.
     */
    void closeWithoutLinger();

    /** Ends the connection at once: waiting bytes are dropped, and a TCP peer sees a reset. */
    void abort();

    /** Whether it was neither closed nor aborted and has not failed; a connect under way counts as open. */
    boolean isOpen();
}
