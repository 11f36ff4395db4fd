package org.pollux.http;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The response to one request. Set the status and the header fields, then send it, once: with a complete body, or as a
 * {@link #stream}.
 *
 * <p>Any thread may use it, but one at a time. When the client has disconnected, or the server has responded because the
 * body or the handler failed, setting and sending are no-ops. Once the response is sent, every method except
 * {@link #isSent} throws {@link IllegalStateException}, for ever and on every thread, and neither this response nor
 * another one is harmed. When the response has not begun within the server's
 * {@code responseTimeout}, the server takes it from the handler: it sends 503, and every method throws.
 *
 * <p>The server writes the fields that frame the message or belong to the connection. These names are refused: {@code
 * Connection}, {@code Content-Length}, {@code Date}, {@code Keep-Alive}, {@code Proxy-Connection}, {@code Server}, {@code
 * Trailer}, {@code Transfer-Encoding}. {@code Upgrade} is sent with 426 over HTTP/1.1, and left out otherwise.
 */
@ProviderType
public interface Response {

    /**
     * Sets the status code (RFC 9110, section 15), 200 unless set.
     *
     * @param code of a final response, 200 to 599
     * @return this response
     * @throws IllegalArgumentException for any other code
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
     * @throws IllegalArgumentException when the name or the value has another form, or the name is one of the refused
     *     ones
     */
    Response header(String name, String value);

    /**
     * Sets a header field and replaces all fields of that name that were set; names are compared without regard to
     * case.
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
     * Adds a cookie: the field {@code Set-Cookie}.
     *
     * @return this response
     * @throws IllegalStateException when every client would ignore the cookie; see {@link SetCookie#toString}
     */
    default Response cookie(SetCookie cookie) {
        return header("Set-Cookie", cookie.toString());
    }

    /**
     * The header fields that were set, without those that the server and interceptors add. It is a view: it shows
     * fields that are set later, and throws {@link IllegalStateException} when the response is sent.
     */
    Headers headers();

    /**
     * Whether this response cannot be sent any more: it was sent or begun, by a handler, a filter or the server itself,
     * or the client has disconnected. It never throws. When another thread may send at the same time, the response may
     * be sent just after {@code false} was returned.
     */
    boolean isSent();

    /**
     * Adds an interceptor for this response. Mostly for an {@link HttpFilter}, which calls it before it passes the
     * request on.
     *
     * @return this response
     */
    Response intercept(ResponseInterceptor interceptor);

    /**
     * Sends an interim response at once, in front of this one (RFC 9110, section 15.2). {@code inform(103, "Link",
     * "</style.css>; rel=preload; as=style")} lets a client load what a page will need while the page is made (RFC 8297).
     * Several can be sent. They do not set fields of this response, and no interceptor sees them. They do not begin the
     * response, so {@code responseTimeout} continues. A client that speaks HTTP/1.0 gets none.
     *
     * @param status 102 to 199. The server itself sends 100, when the body is read, and 101, when the protocol changes
     * @param fields names and values in turn, as {@link #header} takes them
     * @return this response
     * @throws IllegalArgumentException for another status, a name without a value, and names and values that {@link
     *     #header} refuses
     */
    Response inform(int status, String... fields);

    /** Sends the response without a body. */
    void send();

    /**
     * Sends the response with a body. Its bytes are taken when this returns, and the array may be used again.
     *
     * @throws IllegalStateException when the status has no body (204, 205, 304) and there is a byte to send
     */
    void send(byte[] body);

    /**
     * Sends the response with the buffer's remaining bytes as its body. The buffer is read to its limit when this returns,
     * and may be used again.
     *
     * @throws IllegalStateException when the status has no body (204, 205, 304) and there is a byte to send
     */
    void send(ByteBuffer body);

    /**
     * Sends the response with a text as its body, in UTF-8. The handler sets {@code Content-Type}. A body that is
     * always the same is cheaper to send as bytes.
     *
     * @throws IllegalStateException when the status has no body (204, 205, 304) and there is a byte to send
     */
    default void send(String body) {
        send(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the response with a part of a file as its body, piece by piece on the thread of the connection's reactor,
     * as fast as the client takes it. The operating system sends a large part where it can: over a plain connection,
     * when the body is not encoded. When the file turns out to be shorter, the response is aborted.
     *
     * @param file belongs to the server from this call on: the server closes it when the response has ended, and also when this
     *     method throws
     * @param from the place of the first byte
     * @param count of bytes
     * @throws IllegalArgumentException when a number is negative
     * @throws IllegalStateException when the status has no body (204, 205, 304) and there is a byte to send
     */
    void send(FileChannel file, long from, long count);

    /**
     * Sends a response that reports an error, with the body that an {@link ErrorPage} writes, or else a line of plain
     * text. {@code Content-Type} is set here; other fields may be set before.
     *
     * @param status 400 to 599
     * @throws IllegalArgumentException for any other code
     */
    void sendError(int status);

    /**
     * Sends a response that reports an error, and tells the client more about it than the status. {@code Content-Type} is
     * set here; other fields may be set before.
     *
     * @param problem written by an {@link ErrorPage}, which finds it as an attribute of the request; without one as
     *     {@code application/problem+json} when the client names that type or {@code application/json} in {@code Accept} and
     *     does not prefer {@code text/plain}, otherwise as plain text
     */
    void sendProblem(Problem problem);

    /**
     * Sends a response without a body that redirects the client.
     *
     * @param status 301 or 308 for a permanent redirect, 302 or 307 for a temporary one, 303 to continue with GET (RFC
     *     9110, section 15.4); with 307 and 308 the method and the body stay
     * @param location a URI, or a reference that is relative to the request's, encoded (RFC 3986). Check a value that
     *     comes from a client, or use {@link #sendLocalRedirect}: {@code //host/} and {@code https://host/} lead to another
     *     host
     * @throws IllegalArgumentException for another status, and when a character is not allowed in a URI
     */
    default void sendRedirect(int status, String location) {
        Redirects.require(status, location);
        status(status).setHeader("Location", location).send();
    }

    /**
     * Redirects the client to a place of the same server, as {@link #sendRedirect} does. It is meant for places that come
     * from a client, such as the page that was asked for before the login.
     *
     * @param path begins with one slash, and is encoded (RFC 3986); it may have a query and a fragment
     * @throws HttpException with status 400 when the place could be on another server ({@code //host/}, {@code
     *     https://host/}), and when a character is not allowed in a URI
     * @throws IllegalArgumentException for another status
     */
    default void sendLocalRedirect(int status, String path) {
        if (!Redirects.isLocal(path)) {
            throw new HttpException(Problem.of(400, "The place to go to is not a path of this server"));
        }
        sendRedirect(status, path);
    }

    /**
     * Begins a response whose length is not known. The client can recognize the end of the body: by chunks in HTTP/1.1
     * (RFC 9112, section 7.1), by the end of the stream in HTTP/2, by the end of the connection in HTTP/1.0.
     *
     * @return the stream for its body
     * @throws IllegalStateException when the status has no body (204, 205, 304)
     */
    ResponseStream stream();

    /**
     * Begins a response of known length.
     *
     * @param length exactly as many bytes as will be written; in a response to HEAD they need not be written
     * @return the stream for its body
     * @throws IllegalArgumentException when the length is negative
     * @throws IllegalStateException when the status has no body (204, 205, 304) and the length is not 0
     */
    ResponseStream stream(long length);

    /**
     * Begins a response of server-sent events, and sends its head at once: {@code Content-Type: text/event-stream} and,
     * unless the handler has set another, {@code Cache-Control: no-store}.
     *
     * @return the stream, to send events to
     * @throws IllegalStateException when the status has no body (204, 205, 304)
     */
    EventStream events();

    /**
     * Accepts that the client continues with another protocol, and turns the exchange into two streams of bytes: what the
     * client sends comes through {@link Request#body}, without a limit and until the client ends its side, and what this
     * returns goes to the client. HTTP/1.1 sends 101 and gives the connection up for it; HTTP/2 sends 200, and other
     * requests of the connection continue (RFC 8441). Handlers and interceptors see 101 for both. Fields that were set
     * are sent; bodies are not encoded.
     *
     * <p>Nothing of this stream is held back. {@code close} ends both streams; {@code abort} cuts them. The body has no
     * minimum rate and no idle time. A handler that wants one uses {@link ResponseStream#every}.
     *
     * @param protocol as the client has offered it
     * @return the stream to the client
     * @throws IllegalStateException when the client does not {@linkplain Request#offersUpgrade offer} it, or the body
     *     was asked for already
     */
    ResponseStream upgrade(String protocol);
}
