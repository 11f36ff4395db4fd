package org.pollux.http.server.exchange;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Reactor;

/**
 * What carries an exchange to its client and back: a connection of HTTP/1.1, which carries one after the other, or a stream of
 * a wire that carries several at a time. An exchange knows nothing else of its wire.
 *
 * <pre>
 *   wire ──▶ exchange    begin, call, take (what comes of the body), outlive (the call has returned without a response),
 *                        drained, bodyFailed, left, lost, release
 *   exchange ──▶ wire    this interface: ( sendContinue | readOn )*
 *                        ( send | begin ( write | transfer )* finish ) complete   or   abort, at any time
 * </pre>
 *
 * <p>All this is for one exchange: a wire decides whether the abort of a response ends a connection, whether a body that waits
 * pauses a connection, and what follows an exchange that is complete. For the loop's thread, except for what says "from any
 * thread".
 */
public interface Carrier {

    /** A length of a body that is not known. */
    long UNKNOWN = -1;

    /** A length that is neither known nor told: of a response to HEAD whose body would be encoded. */
    long UNTOLD = -2;

    // ---- from any thread

    /** The reactor on whose loop the exchange lives. */
    Reactor reactor();

    default boolean inLoop() {
        return reactor().inLoop();
    }

    /** Runs a task on the loop, later; never when the loop has stopped. */
    void execute(Runnable task);

    /** Runs a task on the loop: at once on its thread, else later. */
    default void onLoop(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** {@code http}, or {@code https} when what carries it is encrypted. */
    String scheme();

    SocketAddress remote();

    SocketAddress local();

    /**
     * So many bytes more, or fewer, are kept for this client.
     *
     * @return false when what can be refused should be
     */
    boolean charge(long bytes);

    /** Bytes that wait to be sent. */
    long pending();

    // ---- the body of the request

    /** Asks the client for the body that it waits with (RFC 9110, section 15.2.1). */
    void sendContinue();

    /**
     * The handler wants more of the body than it did: {@link Exchange#take} is called with what has come, though it may be
     * nothing, and from now on with what comes. Never called from inside {@code take}.
     */
    void readOn();

    // ---- the response

    /** Sends a whole response; nothing is allocated when its body is small. */
    void send(OutgoingResponse response, byte[] body);

    /** The same with the rest of a buffer, which is read to its limit. */
    void send(OutgoingResponse response, ByteBuffer body);

    /**
     * Sends the head of a response whose body comes in pieces, if it has one.
     *
     * @param length of the body, {@link #UNKNOWN} or {@link #UNTOLD}
     */
    void begin(OutgoingResponse response, long length);

    /**
     * Sends a piece of the body, which has a byte at least.
     *
     * @return false when its writer must wait until {@link Exchange#drained}
     */
    boolean write(ByteBuffer data);

    /**
     * Sends a part of a file as a piece of a body whose length was told.
     *
     * @return false when the file must stay open, and its writer wait, until {@link Exchange#drained}
     */
    boolean transfer(FileChannel file, long from, long count);

    /**
     * Ends the body of a response that has begun.
     *
     * @param trailers field lines, none as a rule; a wire that has no place for them leaves them out
     */
    void finish(Bytes trailers);

    // ---- the end

    /**
     * Whether the client has taken what was sent of the response, as far as is known. Asked once, when all was handed over and
     * somebody wants to see it leave. If not, the exchange {@link Exchange#isLeaving} in {@link #complete}, and hears of its end
     * by {@link Exchange#left} or {@link Exchange#lost}.
     */
    boolean hasLeft();

    /** The response was handed over as a whole. What is left of the body of the request is nobody's, and passed over. */
    void complete();

    /** The response is given up, in the middle perhaps: its client sees that it is not whole. {@link Exchange#lost} follows. */
    void abort(Throwable cause);
}
