package org.pollux.http;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The response to one request. Set the status and the header fields, then send it, once: with a body that is there, or as a
 * {@link #stream}.
 *
 * <p>Any thread may use it, but one at a time. When the client is gone, setting and sending do nothing. Once the response is
 * sent, every method but {@link #isSent} throws {@link IllegalStateException}, for ever and on every thread, and neither this
 * response nor another one is harmed. The server takes a response from its handler when it has not begun within the server's
 * {@code responseTimeout}: it sends 503, and every method throws.
 *
 * <p>The server writes the fields that frame the message or belong to the connection. These names are refused: {@code
 * Connection}, {@code Content-Length}, {@code Date}, {@code Keep-Alive}, {@code Proxy-Connection}, {@code Server}, {@code
 * Trailer}, {@code Transfer-Encoding}, {@code Upgrade}.
 */
@ProviderType
public interface Response {

    /**
     * Sets the status code (RFC 9110, section 15), 200 unless set.
     *
     * @param code of a final response, 200 to 599
     * @return this response
     * @throws IllegalArgumentException for any other
     */
    Response status(int code);

    /** The status that was set, or 200. */
    int status();

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
     * Sets a header field in the place of all fields of that name that were set; names are compared without regard to case.
     *
     * @return this response
     * @throws IllegalArgumentException as {@link #header} does
     */
    Response setHeader(String name, String value);

    /**
     * Removes all header fields of that name that were set; names are compared without regard to case.
     *
     * @return this response
     */
    Response removeHeader(String name);

    /**
     * The header fields that were set. Those that the server and interceptors add are not among them. It is a view: it shows
     * what is set later, and throws {@link IllegalStateException} when the response is sent.
     */
    Headers headers();

    /**
     * Whether nobody can send this response any more: it was sent or begun, by a handler, a filter or the server itself, or the
     * client is gone. It never throws. When another thread may send at the same time, the response may be sent just after
     * {@code false} was returned.
     */
    boolean isSent();

    /**
     * Sees this response leave. Mostly for an {@link HttpFilter}, which calls it before it hands the request on.
     *
     * @return this response
     */
    Response intercept(ResponseInterceptor interceptor);

    /** Sends the response without a body. */
    void send();

    /**
     * Sends the response with a body. Its bytes are taken when this returns, and the array may be used again.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(byte[] body);

    /**
     * Sends the response with the buffer's remaining bytes as its body. The buffer is read to its limit when this returns,
     * and may be used again.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(ByteBuffer body);

    /**
     * Sends the response with a text as its body, in UTF-8; {@code Content-Type} is for the handler to set. A body that is
     * always the same is cheaper to send as bytes.
     *
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    default void send(String body) {
        send(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the response with a part of a file as its body, piece by piece on the thread of the connection's reactor, as fast
     * as the client takes it. The operating system sends a large part where it can: over a plain connection, and unless it is
     * encoded. When the file turns out to be shorter, the response is aborted.
     *
     * @param file belongs to the server from this call on: the server closes it when the response has ended, and also when this
     *     method throws
     * @param from the place of the first byte
     * @param count of bytes
     * @throws IllegalArgumentException when a number is negative
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and there is a byte to send
     */
    void send(FileChannel file, long from, long count);

    /**
     * Sends a response that says what went wrong, with the body that an {@link ErrorPage} writes, or else a line of plain
     * text. {@code Content-Type} is set here; other fields may be set before.
     *
     * @param status 400 to 599
     * @throws IllegalArgumentException for any other
     */
    void sendError(int status);

    /**
     * Sends a response without a body that leads the client to another place.
     *
     * @param status 301 or 308 for ever, 302 or 307 for now, 303 to look elsewhere with GET (RFC 9110, section 15.4); with 307
     *     and 308 the method and the body stay
     * @param location a URI, or a reference that is relative to the request's, encoded (RFC 3986). Check what a client has a
     *     part in: {@code //host/} and {@code https://host/} lead to another host
     * @throws IllegalArgumentException for another status, and when a character cannot stand in a URI
     */
    default void sendRedirect(int status, String location) {
        Redirects.require(status, location);
        status(status).setHeader("Location", location).send();
    }

    /**
     * Begins a response whose length is not known. The end of its body is visible to the client: by chunks in HTTP/1.1 (RFC
     * 9112, section 7.1), by the end of the stream in HTTP/2, by the end of the connection in HTTP/1.0.
     *
     * @return where its body is written
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304)
     */
    ResponseStream stream();

    /**
     * Begins a response of that length.
     *
     * @param length bytes that will be written, no more and no less; to HEAD they need not be
     * @return where its body is written
     * @throws IllegalArgumentException when the length is negative
     * @throws IllegalStateException when the status is one that has no body (204, 205, 304) and the length is not 0
     */
    ResponseStream stream(long length);
}
