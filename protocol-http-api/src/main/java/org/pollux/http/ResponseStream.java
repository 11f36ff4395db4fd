package org.pollux.http;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a response that is sent in pieces. It ends with {@link #close}; without it the client waits.
 *
 * <p>The head of the response and the first 8 KiB are held back until more is written, or until {@link #flush} or
 * {@link #close}. So a small response gets a length, and when a handler fails early, the server can still respond with
 * 500. After that nothing is held back.
 *
 * <p>Any thread may call every method, but one at a time. When the client has disconnected, or the stream is closed,
 * all methods are no-ops. When a response has no body (to HEAD, or with status 204, 205 or 304) the stream is closed as
 * soon as the head is sent.
 */
@ProviderType
public interface ResponseStream extends AutoCloseable {

    /**
     * Takes all of the data, which is sent in order. The buffer is read to its limit when this returns and may be used
     * again. All writes of one callback are sent together when that callback ends.
     *
     * @return false when more bytes wait than the high-water mark, or when one callback has written 256 KiB (a write
     *     counts 64 bytes at least): the writer should stop until {@link #onDrained}, which comes in a later turn at
     *     the earliest. Also false when nothing can be sent any more; {@link #isOpen} distinguishes the two. A writer
     *     that ignores {@code false} is aborted at a hard limit (16 MiB)
     * @throws IllegalStateException when these are more bytes than the announced length (none of them is sent), or when
     *     one callback on the reactor's thread continues beyond the hard limit
     */
    boolean write(ByteBuffer data);

    /** Writes the bytes of an array, which may be used again when this returns; see {@link #write(ByteBuffer)}. */
    default boolean write(byte[] data) {
        return write(ByteBuffer.wrap(data));
    }

    /**
     * Sends all bytes written so far, also those that a compressing filter would hold back, and the head when nothing
     * was written. Use it when the client is to see the response grow. A response that is complete soon does not need
     * it.
     */
    void flush();

    /**
     * Sets the callback for when the bytes that wait have fallen to the low-water mark after {@link #write} had
     * returned false. Call this before the first write. It replaces an earlier callback.
     *
     * @param callback on the thread of the connection's reactor; its exceptions abort the response and are logged
     * @return this stream
     */
    ResponseStream onDrained(Runnable callback);

    /**
     * Sets the callback for the end of the response, in any way: {@link #close}, {@link #abort}, or the client has
     * disconnected. Release the source of the body there. It replaces an earlier callback. It is called at once when
     * the response has ended already.
     *
     * @param callback on the thread of the connection's reactor, once
     * @return this stream
     */
    ResponseStream onClosed(Runnable callback);

    /**
     * Runs a task on the thread of the connection's reactor: in this call on that thread, otherwise later. It does not
     * run when the response has ended. Its exceptions abort the response and are logged.
     */
    void execute(Runnable task);

    /**
     * Sets a callback that is called again and again until the response ends, as for a heartbeat. It replaces an earlier
     * callback.
     *
     * @param period of at least a millisecond
     * @param callback on the thread of the connection's reactor; its exceptions abort the response and are logged
     * @return this stream
     */
    ResponseStream every(Duration period, Runnable callback);

    /**
     * Sets the callback for when the connection ends soon, because the server stops, restarts or moves to another
     * address, or the client sends nothing more. The response can go on until the end of the drain, and should come to
     * its end. It replaces an earlier callback.
     *
     * @param callback on the thread of the connection's reactor, at most once; its exceptions abort the response and are
     *     logged
     * @return this stream
     */
    ResponseStream onShutdown(Runnable callback);

    /**
     * Adds a trailer field (RFC 9110, section 6.5), for clients that read trailers. Only a response of unknown length
     * can have it. It is omitted from any other, and from one to an HTTP/1.0 client.
     *
     * @return this stream
     * @throws IllegalArgumentException for names and values that {@link Response#header} refuses
     */
    ResponseStream trailer(String name, String value);

    /** Whether it was neither closed nor aborted, and the client is not known to have disconnected. */
    boolean isOpen();

    /**
     * This stream for a handler that is {@link Blocking} or has its own thread. Small writes are collected until
     * {@code flush}. Writes wait for a client that does not keep up, and throw {@link java.io.IOException} when it has
     * disconnected. Closing it closes this stream. It replaces {@link #onDrained}; do not mix it with {@link #write}.
     *
     * @return a stream for one thread at a time. It throws {@link IllegalStateException} when a write would block the thread of
     *     the reactor
     */
    OutputStream outputStream();

    /**
     * Completes the response. When fewer bytes were written than announced, the response is aborted, so that the client
     * notices it; in a response to HEAD nothing need be written.
     */
    @Override
    void close();

    /**
     * Cuts the response, so that the client sees that it is incomplete. HTTP/1.1 has to close the connection for that.
     * HTTP/2 resets the stream, and other requests of the connection continue.
     */
    void abort();
}
