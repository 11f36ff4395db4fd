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
 * <p>What it throws is logged. The server responds with 500 then, or aborts a response that has begun.
 */
@ConsumerType
public interface BodyEncoder extends AutoCloseable {

    /**
     * Takes all of the bytes.
     *
     * @param body read to its limit when this returns, and used again then
     * @return what can be sent of it so far, maybe nothing; not touched any more when this is called again
     */
    ByteBuffer encode(ByteBuffer body);

    /**
     * Brings out what {@link #encode} holds back, because the handler wants the client to have it now
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

    /** Gives back what it holds. Called once, always last, also when the response was aborted. */
    @Override
    default void close() {}
}
