package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Snapshot;

/** A responder whose next version needs nothing of it. */
record StatelessResponder(FrameResponder responder) implements FrameResponder {

    @Override
    public boolean respond(Connection connection, ByteBuffer frame) {
        return responder.respond(connection, frame);
    }

    @Override
    public Snapshot snapshot(Connection connection) {
        return Snapshot.empty();
    }
}
