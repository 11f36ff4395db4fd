package org.pollux.http;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns the body of one response into other bytes, as compression does. On the thread of the connection's reactor.
 *
 * <pre>
 *   ( encode | flush )* → [ finish ] → close
 * </pre>
 *
 * <p>When it throws, the server logs the exception and responds with 500, or aborts a response that has begun.
 */
@ConsumerType
public interface BodyEncoder extends AutoCloseable {

    /**
     * Takes all of the bytes.
     *
     * @param body read to its limit when this returns, and used again then
     * @return the bytes that can be sent so far, maybe none; the server does not use them any more when this is called
     *     again
     */
    ByteBuffer encode(ByteBuffer body);

    /**
     * Returns the bytes that {@link #encode} holds back, because the handler wants the client to have them now
     * ({@link ResponseStream#flush}).
     *
     * @return maybe nothing
     */
    default ByteBuffer flush() {
        return ByteBuffer.allocate(0);
    }

    /**
     * The body is complete.
     *
     * @return the rest of it, maybe nothing
     */
    ByteBuffer finish();

    /** Releases its resources. Called once, always last, also when the response was aborted. */
    @Override
    default void close() {}
}
