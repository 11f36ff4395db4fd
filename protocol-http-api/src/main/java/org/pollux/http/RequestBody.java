package org.pollux.http;

import java.io.InputStream;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a request (RFC 9112, section 6), which is still on its way when the handler is called. It is asked for once,
 * in one of three ways: in pieces ({@link #read}), whole ({@link #readAll}), or by a handler that blocks
 * ({@link #inputStream}).
 *
 * <p>Asking is what makes a client send that waits for {@code 100 (Continue)} (RFC 9110, section 10.1.1). A body that
 * nobody has asked for when the answer is complete is passed over, so that the next request can be read; where too much
 * of it is left, the connection closes after the answer instead.
 *
 * <p>Every method may be called from any thread until the response is complete; afterwards it throws
 * {@link IllegalStateException}.
 */
@ProviderType
public interface RequestBody {

    /** How many bytes it has, when that was announced: 0 without a body, empty when it comes in chunks. */
    OptionalLong length();

    /**
     * Asks for the body in pieces. The callbacks follow when the present call or callback has returned.
     *
     * @throws IllegalStateException when it was asked for already
     */
    void read(BodyHandler handler);

    /**
     * Asks for the whole body. When it has more bytes than the limit, the server answers 413 and the connection closes;
     * when the client goes away before its end, nothing is called and nobody waits for an answer any more.
     *
     * @param limit bytes, not negative
     * @param handler called once, with all of it
     * @throws IllegalStateException when it was asked for already
     */
    void readAll(int limit, WholeBodyHandler handler);

    /**
     * Asks for the body as a stream, for a handler that is {@link Blocking} or has a thread of its own. Its reads wait
     * for the client, and hold it back when it is ahead.
     *
     * @return a stream for one thread at a time. Its reads throw {@link java.io.IOException} when the client is gone, the
     *     body is malformed, or a limit was met
     * @throws IllegalStateException when it was asked for already, or when a read would block the thread of the reactor
     */
    InputStream inputStream();

    /** Stops {@link BodyHandler#onData}, and {@link BodyHandler#onEnd} too; the client is held back. */
    void pause();

    /** Goes on after {@link #pause}, first of all with what was left unread. */
    void resume();
}
