package org.pollux.http.server.exchange;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsInfo;

/**
 * Carries an exchange between its client and its handler. A carrier is a connection of HTTP/1.1, which carries one exchange
 * after the other, or a stream of a wire that carries several at a time. An exchange knows nothing else of its wire.
 *
 * <pre>
 *   wire ──▶ exchange    begin, call, take (bytes of the body), outlive (the call has returned without a response),
 *                        drained, bodyFailed, left, lost, release
 *   exchange ──▶ wire    this interface: ( inform | readOn )*
 *                        ( send | begin ( write | transfer )* finish ) complete   or   abort, at any time
 * </pre>
 *
 * <p>All methods concern one exchange. The wire decides whether the abort of a response ends a connection, whether a
 * waiting body pauses a connection, and what follows a complete exchange. For the loop's thread, except for methods that
 * say "from any thread".
 */
public interface Carrier {

    /** The length of a body is not known. */
    long UNKNOWN = -1;

    /** The length of a body is neither known nor sent: the response is to HEAD, and its body would be encoded. */
    long UNTOLD = -2;

    // ---- from any thread

    /** The reactor on whose loop the exchange lives. */
    Reactor reactor();

    default boolean inLoop() {
        return reactor().inLoop();
    }

    /** Runs a task on the loop, later. The task never runs when the loop has stopped. */
    void execute(Runnable task);

    /** Runs a task on the loop: at once when called on its thread, otherwise later. */
    default void onLoop(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** {@code http}, or {@code https} when the connection is encrypted, or that of a client to the proxy that passes it on. */
    default String scheme() {
        return tls().isPresent() || proxy().map(ProxyInfo::tls).isPresent() ? "https" : "http";
    }

    /** What a proxy has told by the PROXY protocol; empty when the endpoint expects none. */
    default Optional<ProxyInfo> proxy() {
        return Optional.empty();
    }

    /** What TLS has negotiated with the client; empty when the connection is not encrypted. */
    Optional<TlsInfo> tls();

    /** The number of the connection. */
    long connection();

    SocketAddress remote();

    SocketAddress local();

    /**
     * Reports that this many bytes more, or fewer, are kept for this client.
     *
     * @return false when memory is short, and the caller should refuse what it can
     */
    boolean charge(long bytes);

    /** The bytes that wait to be sent. */
    long pending();

    /** A call of its handler begins on a thread of its own, which may go on when the exchange has ended. */
    default void callBegun() {}

    /** That call has returned. */
    default void callEnded() {}

    // ---- the body of the request

    /**
     * Resumes the body, because the handler wants more of it. {@link Exchange#take} is called with the bytes that have
     * arrived, even if there are none, and from now on with all that arrive. Never called from inside {@code take}.
     */
    void readOn();

    // ---- the response

    /**
     * Sends an interim response (RFC 9110, section 15.2), which has no body. Nothing of the final response was sent. The
     * client does not speak HTTP/1.0, which knows none.
     *
     * @param status 100 or 102 to 199; 100 asks the client for the body that it holds back
     */
    void inform(int status, Bytes fields);

    /** Sends a whole response; nothing is allocated when its body is small. */
    void send(OutgoingResponse response, byte[] body);

    /** Sends a whole response whose body is the rest of a buffer. The buffer is read to its limit. */
    void send(OutgoingResponse response, ByteBuffer body);

    /**
     * Sends the head of a response whose body, if any, comes in pieces.
     *
     * @param length of the body, {@link #UNKNOWN} or {@link #UNTOLD}
     */
    void begin(OutgoingResponse response, long length);

    /**
     * Sends a piece of the body. It has at least one byte.
     *
     * @return false when its writer must wait until {@link Exchange#drained}
     */
    boolean write(ByteBuffer data);

    /**
     * Sends a part of a file as a piece of a body whose length was sent with the head.
     *
     * @return false when the file must stay open, and its writer wait, until {@link Exchange#drained}
     */
    boolean transfer(FileChannel file, long from, long count);

    /**
     * Ends the body of a response that has begun.
     *
     * @param trailers field lines, usually none; a wire that cannot send them omits them
     */
    void finish(Bytes trailers);

    // ---- the end

    /**
     * Whether the client has taken all of the response, as far as is known. Called once, when the whole response was handed
     * over and an interceptor waits for its end. If it returns false, {@link Exchange#isLeaving} is true in {@link
     * #complete}, and the wire later calls {@link Exchange#left} or {@link Exchange#lost}.
     */
    boolean hasLeft();

    /** The whole response was handed over. The wire skips the rest of the request's body. */
    void complete();

    /** Aborts the response, perhaps in the middle. The client sees that it is incomplete. {@link Exchange#lost} follows. */
    void abort(Throwable cause);
}
