package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream to a peer, over TCP or a Unix-domain socket. It lives on one reactor, and its handler is called by that
 * reactor's thread only; every method here but {@link #transfer} may be called from any thread, and a call from another
 * thread takes effect on the loop in the order of the calls.
 *
 * <p>When the connection is closing or closed, all methods are no-ops.
 */
@ProviderType
public interface Connection {

    Reactor reactor();

    /**
     * Replaces the handler. The next one is called from the end of the present callback on, or from the next callback on when none
     * runs; the one before is not called again. Use it when a connection changes its protocol: after a greeting, an upgrade, a
     * choice by the first bytes.
     *
     * <p>The bytes that the one before left unread are presented to the next one in a task of their own, whether or not more come,
     * unless reading is paused. An event that was told is not told again: the next handler hears no {@code onOpen} when the
     * connection is established already, and no {@code onInputClosed} when the end of the peer's bytes was told. A program that replaces
     * the handler makes up for that. All else stays as it is: what waits to be sent, the idle timeout, the watermarks, a pause,
     * the attributes.
     *
     * @return this connection
     */
    Connection handler(ConnectionHandler next);

    /** The value that was set for a key; null when none was. Stays readable when the connection has ended. */
    <T> @Nullable T attribute(Key<T> key);

    /**
     * Keeps a value with this connection, for those that do not know each other: what accepted it, its handler, the next handler.
     * For a few values; a connection without one pays nothing. Takes effect at once on any thread.
     *
     * @param value null removes it
     * @return this connection
     */
    <T> Connection attribute(Key<T> key, @Nullable T value);

    /** Our end; for a connect under way the address may be unbound still. */
    SocketAddress local();

    /**
     * The peer's end; while a connect by name is under way the name, and then the address that it led to. An unnamed
     * Unix-domain peer has an empty path.
     */
    SocketAddress remote();

    /**
     * Takes all of the data, which is sent in order. The buffer is read to its limit when the call returns and may be
     * used again at once. What one callback writes goes out together when that callback ends; otherwise it goes out at
     * once, as far as the system takes it, and the rest waits.
     *
     * @return false when more waits than the high-water mark: the writer should stop until
     *     {@link ConnectionHandler#onDrained}. A writer that ignores false is aborted, with that as the cause, when the
     *     limit (16 MiB) is exceeded before its write. Also false when nothing can be sent any more: after
     *     {@link #closeOutput}, both ways to close and {@link #abort}, and when the connection is gone; no
     *     {@code onDrained} follows then
     */
    boolean write(ByteBuffer data);

    /**
     * Takes a part of a file, which is sent behind what was written before, by the system itself where it can. On the
     * reactor's thread only.
     *
     * <p>The file stays the caller's, who keeps it open until this returns true, {@link ConnectionHandler#onDrained} follows,
     * or the connection is closed. What waits of it counts as {@link #pending}, but not for the hard bound. When the file
     * cannot be read, or ends before that part does, the connection is aborted.
     *
     * @param from the place of the first byte
     * @param count of bytes
     * @return true when the system has taken all of it; else {@code onDrained} follows when it has, unless nothing can be
     *     sent any more, as for {@link #write}
     * @throws IllegalArgumentException when a number is negative
     * @throws IllegalStateException on another thread
     */
    boolean transfer(FileChannel file, long from, long count);

    /** Bytes that were taken and not yet handed to the system. */
    long pending();

    /** Bytes that were taken and will never be handed to the system, because the connection is gone; 0 before that. */
    default long unsent() {
        return 0;
    }

    /**
     * Counts memory that the handler keeps for this connection, such as a part of a message whose end has not come. It then
     * counts for the memory of all connections, of which the server sheds the slowest and largest when that is used up. What
     * waits to be sent, and what {@code onData} left unread, is counted without this. From any thread.
     *
     * @param bytes that are kept from now on; negative for those that are kept no longer. Nothing need be taken back when the
     *     connection has ended
     * @return false when so much memory is used that what can be refused should be; it is counted all the same
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
     * Calls {@link ConnectionHandler#onTimeout} when no byte was read or sent for so long; {@link Duration#ZERO}, as at
     * first, never. Resetting it at every byte costs next to nothing.
     *
     * @return this connection
     */
    Connection idleTimeout(Duration idle);

    /** Stops {@code onData}; the kernel fills its buffer and then holds the peer back. The peer's FIN waits too. */
    void pauseReading();

    /** Goes on with {@code onData}, first of all with what was left unread. */
    void resumeReading();

    /** Whether {@link #pauseReading} has taken effect and {@link #resumeReading} has not. */
    boolean isReadingPaused();

    /** Sends a FIN after all that was written; reading goes on. */
    void closeOutput();

    /**
     * Ends the connection so that the peer gets all that was written: flushes, sends a FIN, and throws away what still
     * comes until the peer's own FIN, for a few seconds at most. No {@code onData} follows.
     */
    void close();

    /**
     * Ends the connection like {@link #close}, but does not wait for the peer's FIN: for a peer that is known to send nothing
     * more, and whose last bytes were presented. One that sends all the same gets a reset, perhaps before it has read the last
     * bytes.
     */
    void closeWithoutLinger();

    /** Ends the connection at once: what waits is dropped, and a TCP peer sees a reset. */
    void abort();

    /** Whether it was neither closed nor aborted and the peer is not gone; a connect under way counts as open. */
    boolean isOpen();
}
