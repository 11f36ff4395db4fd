package org.pollux.http;

import java.io.InputStream;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a request, which is still on its way when the handler is called. It can be asked for once, in one of three ways:
 * in pieces ({@link #read}), as a whole ({@link #readAll}), or as a stream for a handler that blocks ({@link #inputStream}).
 *
 * <p>A client that waits for {@code 100 (Continue)} sends the body when the handler asks for it (RFC 9110, section
 * 10.1.1). A body that was not asked for when the response is complete is discarded. When too much of it is left, the
 * server ends its stream or its connection instead, after the response.
 *
 * <p>Any thread may call these methods until the response is complete; afterwards they throw {@link IllegalStateException}.
 */
@ProviderType
public interface RequestBody {

    /** The number of bytes, as the client has announced it: 0 without a body, empty when it is not known. */
    OptionalLong length();

    /**
     * Asks for the body in pieces. The callbacks follow when the present call or callback has returned.
     *
     * @throws IllegalStateException when it was asked for already
     */
    void read(BodyHandler handler);

    /**
     * Asks for the whole body. When it has more bytes than the limit, the server responds with 413, and the handler is
     * not called. When the client disconnects before the end of the body, the handler is not called either: there is no
     * client to respond to.
     *
     * @param limit bytes, not negative
     * @param handler called once, with all of it
     * @throws IllegalStateException when it was asked for already
     */
    void readAll(int limit, WholeBodyHandler handler);

    /**
     * Asks for the body as a stream, for a handler that is {@link Blocking} or has its own thread. Its reads wait for
     * the client. A client that sends faster is held back.
     *
     * @return a stream for one thread at a time. Its reads throw {@link java.io.IOException} when the client has
     *     disconnected, the body is malformed, or a limit was met; and {@link IllegalStateException} when a read would
     *     block the thread of the reactor
     * @throws IllegalStateException when it was asked for already
     */
    InputStream inputStream();

    /** Stops {@link BodyHandler#onData} and {@link BodyHandler#onEnd}; the client is held back. */
    void pause();

    /** Continues after {@link #pause}, first with the bytes that were left unread. */
    void resume();
}
