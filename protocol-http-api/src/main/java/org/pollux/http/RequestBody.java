package org.pollux.http;

import java.io.InputStream;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a request, which is still on its way when the handler is called. It can be asked for once, in one of three ways:
 * in pieces ({@link #read}), as a whole ({@link #readAll}), or as a stream for a handler that blocks ({@link #inputStream}).
 *
 * <p>A client that waits for {@code 100 (Continue)} sends the body when the handler asks for it (RFC 9110, section 10.1.1). A
 * body that nobody has asked for when the response is complete is thrown away. Where too much of it is left, the server ends
 * its stream or its connection instead, after the response.
 *
 * <p>Any thread may call these methods until the response is complete; afterwards they throw {@link IllegalStateException}.
 */
@ProviderType
public interface RequestBody {

    /** How many bytes it has, when the client has said so: 0 without a body, empty when that is not known. */
    OptionalLong length();

    /**
     * Asks for the body in pieces. The callbacks follow when the present call or callback has returned.
     *
     * @throws IllegalStateException when it was asked for already
     */
    void read(BodyHandler handler);

    /**
     * Asks for the whole body. When it has more bytes than the limit, the server responds with 413, and the handler is not
     * called. When the client goes away before the end of the body, the handler is not called either: there is no client to
     * respond to.
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
     *     body is malformed, or a limit was met; and {@link IllegalStateException} when a read would block the thread of the
     *     reactor
     * @throws IllegalStateException when it was asked for already
     */
    InputStream inputStream();

    /** Stops {@link BodyHandler#onData}, and {@link BodyHandler#onEnd} too; the client is held back. */
    void pause();

    /** Goes on after {@link #pause}, first of all with what was left unread. */
    void resume();
}
