package org.pollux.http;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The answer to one request: set the status and the header fields, then send it, once: with a body that is there, or as a
 * {@link #stream}.
 *
 * <p>It may be used from any thread, but by one at a time. Once it is sent every method throws
 * {@link IllegalStateException}, for ever and on every thread, and neither this response nor another one is harmed. Sending is
 * harmless when the client is gone. A response that has not begun after the server's {@code responseTimeout} is taken from its
 * handler: the server sends 503, and every method throws.
 *
 * <p>The server adds what frames the message and keeps the connection in order, and refuses these names in
 * {@link #header}: {@code Connection}, {@code Content-Length}, {@code Date}, {@code Keep-Alive}, {@code Server},
 * {@code Trailer}, {@code Transfer-Encoding}, {@code Upgrade}.
 */
@ProviderType
public interface Response {

    /**
     * Sets the status code (RFC 9110, section 15), 200 unless set.
     *
     * @param code of a final answer, 200 to 599
     * @return this response
     * @throws IllegalArgumentException for any other
     */
    Response status(int code);

    /**
     * Adds a header field; one that is added twice is sent twice. In a 304, fields that describe the body
     * ({@code Content-Type}, {@code Content-Encoding}, {@code Content-Language}, {@code Content-Range}) are shown to interceptors
     * and not sent.
     *
     * @param name a token (RFC 9110, section 5.6.2)
     * @param value characters to U+00FF, sent as one byte each, and no control character but the tab
     * @return this response
     * @throws IllegalArgumentException when the name or the value is not so, or the name is the server's own
     */
    Response header(String name, String value);

    /**
     * Sees this answer leave. Mostly for an {@link HttpFilter}, which calls it before it hands the request on.
     *
     * @return this response
     */
    Response intercept(ResponseInterceptor interceptor);

    /** Sends the answer without a body. */
    void send();

    /**
     * Sends the answer with a body. Its bytes are taken when this returns, and the array may be used again.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(byte[] body);

    /**
     * Sends the answer with the buffer's remaining bytes as its body. The buffer is read to its limit when this returns,
     * and may be used again.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(ByteBuffer body);

    /**
     * Sends the answer with a text as its body, in UTF-8; {@code Content-Type} is for the handler to set. A body that is
     * always the same is cheaper to send as bytes.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    default void send(String body) {
        send(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the answer with a part of a file as its body, piece by piece on the thread of the connection's reactor, as fast
     * as the client takes it: a large one by the system, unless it is encoded. When the file turns out to be shorter, the
     * connection is cut.
     *
     * @param file belongs to the server from now on, which closes it when the answer has ended
     * @param from the place of the first byte
     * @param count of bytes
     * @throws IllegalArgumentException when a number is negative; the file is not closed then, as for every exception here
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(FileChannel file, long from, long count);

    /**
     * Sends an answer that says what went wrong, with the body that an {@link ErrorPage} gives it, or else a line of plain
     * text. {@code Content-Type} is set here; other fields may be set before.
     *
     * @param status 400 to 599
     * @throws IllegalArgumentException for any other
     */
    void sendError(int status);

    /**
     * Begins an answer whose length is not known. It is sent in chunks (RFC 9112, section 7.1); to an HTTP/1.0 client as it
     * is, and the end of the connection is its end.
     *
     * @return where its body is written
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304)
     */
    ResponseStream stream();

    /**
     * Begins an answer of that length.
     *
     * @param length bytes that will be written, no more and no less; to HEAD they need not be
     * @return where its body is written
     * @throws IllegalArgumentException when the length is negative
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and the length is not 0
     */
    ResponseStream stream(long length);
}
