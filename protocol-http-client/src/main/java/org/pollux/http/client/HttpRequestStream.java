package org.pollux.http.client;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the body of a request while it is produced. It ends with {@link #close}; without it the server waits.
 *
 * <p>Any thread may call every method, but one at a time. When the exchange is over, the server wants no more of the body, or the
 * stream is closed, all methods are no-ops.
 */
@ProviderType
public interface HttpRequestStream extends AutoCloseable {

    /**
     * Takes all of the data, which is sent in order. The buffer is read to its limit when this returns and may be used again.
     *
     * @return false when more bytes wait than 64 KiB: the writer should stop until {@link #onDrained}. Also false when nothing
     *     can be sent any more; {@link #isOpen} distinguishes the two. A writer that ignores {@code false} fails the exchange
     *     at a hard limit (16 MiB)
     */
    boolean write(ByteBuffer data);

    /**
     * Sets the callback for when all bytes are taken after {@link #write} had returned false. It replaces an earlier callback.
     *
     * @param callback on the reactor's thread; an exception fails the exchange
     * @return this stream
     */
    HttpRequestStream onDrained(Runnable callback);

    /**
     * Sets the callback for the end of the stream, in any way: {@link #close}, {@link #abort}, the end of the exchange, or a
     * server that wants no more. Release the source of the body there. It is called at once when the stream has ended already.
     *
     * @param callback on the reactor's thread, once
     * @return this stream
     */
    HttpRequestStream onClosed(Runnable callback);

    /**
     * Adds a trailer field (RFC 9110, section 6.5), to be sent behind the body. Only a body of unknown length can have one by
     * HTTP/1.1.
     *
     * @return this stream
     * @throws IllegalArgumentException for names and values that {@link HttpRequest#header} refuses
     * @throws IllegalStateException when the length of the body is known
     */
    HttpRequestStream trailer(String name, String value);

    /** Whether it was neither closed nor aborted, and the server may still want bytes. */
    boolean isOpen();

    /** The body is complete. When fewer bytes were written than announced, the exchange fails. */
    @Override
    void close();

    /**
     * The body cannot be completed: the exchange fails with {@link HttpFailure.Reason#BODY} and this cause. The server sees that
     * the request is incomplete: HTTP/1.1 closes the connection, HTTP/2 resets the stream.
     */
    void abort(Throwable cause);
}
