package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Snapshot;

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

    /** As {@link FrameHandler#snapshot}. */
    default Snapshot snapshot(Connection connection) {
        return Snapshot.none();
    }

    /**
     * A responder that keeps nothing from one frame to the next: an update of its bundle keeps the connections, when the protocol's
     * {@link org.pollux.reactor.Protocol#adopt} calls {@link Framing#responding(FrameResponder, ByteBuffer)}.
     */
    static FrameResponder stateless(FrameResponder responder) {
        return new StatelessResponder(responder);
    }
}
