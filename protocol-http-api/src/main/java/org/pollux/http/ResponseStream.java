package org.pollux.http;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of an answer that is sent in pieces. It ends with {@link #close}, without which the client waits.
 *
 * <p>The head of the answer and the first 8 KiB are held back until there is more, or until {@link #flush} or
 * {@link #close}. So a small answer gets a length, and a handler that fails early can be answered 500 still. After that
 * nothing is held back.
 *
 * <p>Every method may be called from any thread, but by one at a time. When the client is gone, or the stream is closed,
 * they are harmless and do nothing. Where a response has no body (to HEAD, or with status 204, 205 or 304) the stream is closed
 * as soon as the head is sent.
 */
@ProviderType
public interface ResponseStream extends AutoCloseable {

    /**
     * Takes all of the data, which is sent in order. The buffer is read to its limit when this returns and may be used
     * again. What one callback writes goes out together when that callback ends.
     *
     * @return false when more waits than the high-water mark, or when one callback has written 256 KiB (a write counts 64
     *     bytes at least): the writer should stop until {@link #onDrained}, which comes in a later turn at the earliest. Also
     *     false when nothing can be sent any more, which {@link #isOpen} tells apart. A writer that goes on all the same is cut
     *     off at a hard limit (16 MiB)
     * @throws IllegalStateException when these are more bytes than the length that was announced (nothing of them is sent), or
     *     when one callback on the reactor's thread goes on beyond the hard limit
     */
    boolean write(ByteBuffer data);

    /** Writes the bytes of an array, which may be used again when this returns; see {@link #write(ByteBuffer)}. */
    default boolean write(byte[] data) {
        return write(ByteBuffer.wrap(data));
    }

    /**
     * Sends what was written so far, also what a compressing filter would hold back, and the head when nothing was written.
     * An answer that is completed soon needs none; one that the client is to see grow does.
     */
    void flush();

    /**
     * Sets what is called when what waits has fallen to the low-water mark after {@link #write} had returned false. Call
     * this before the first write. It replaces what was set before.
     *
     * @param callback on the thread of the connection's reactor; what it throws cuts the connection and is logged
     * @return this stream
     */
    ResponseStream onDrained(Runnable callback);

    /**
     * Sets what is called when the answer has come to its end in any way: {@link #close}, {@link #abort}, or the client is
     * gone. Here whatever feeds the stream is given back. It replaces what was set before; at once when it is over already.
     *
     * @param callback on the thread of the connection's reactor, once
     * @return this stream
     */
    ResponseStream onClosed(Runnable callback);

    /**
     * Adds a field behind the body (RFC 9110, section 6.5), for those clients that look there. Only an answer in chunks
     * can have it; for another, as for every HTTP/1.0 client, it is left out.
     *
     * @return this stream
     * @throws IllegalArgumentException for names and values that {@link Response#header} refuses
     */
    ResponseStream trailer(String name, String value);

    /** Whether it was neither closed nor aborted, and the client is not known to be gone. */
    boolean isOpen();

    /**
     * This stream for a handler that is {@link Blocking} or has a thread of its own. Small writes are gathered until {@code flush}; writes wait
     * for a client that does not keep up, and throw {@link java.io.IOException} when it is gone. Closing it closes this
     * stream. Mixing it with {@link #write} is not meant; it takes the place of {@link #onDrained}.
     *
     * @throws IllegalStateException when a write would block the thread of the reactor
     */
    OutputStream outputStream();

    /**
     * Completes the answer. When fewer bytes were written than the length that was announced, the connection is cut, for
     * that is all the client can be told; to HEAD nothing need be written.
     */
    @Override
    void close();

    /** Cuts the connection, so that the client sees that the answer is not whole. */
    void abort();
}
