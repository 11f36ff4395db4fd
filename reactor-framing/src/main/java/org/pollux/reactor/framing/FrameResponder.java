package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Connection;

/**
 * Responds to each frame. {@link Framing#responding} reads no faster than the peer does: when {@link #respond} returns
 * false, reading pauses until the pending responses have been sent. So a peer that sends and never reads costs a bounded
 * amount of memory.
 */
@FunctionalInterface
@ConsumerType
public interface FrameResponder {

    /**
     * Called for each frame, on the reactor's thread. The frame has neither its delimiter nor its length prefix; it may be
     * empty.
     *
     * @param frame valid during the call only, and read-only by convention, between its position and limit
     * @return what the last {@link Connection#write} returned, or true when nothing was written
     */
    boolean respond(Connection connection, ByteBuffer frame);
}
