package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Snapshot;

/** Pauses reading while the peer does not read the responses. */
final class PacedResponder implements FrameHandler {

    private final FrameResponder responder;

    PacedResponder(FrameResponder responder) {
        this.responder = responder;
    }

    @Override
    public void onFrame(Connection connection, ByteBuffer frame) {
        if (!responder.respond(connection, frame)) {
            connection.pauseReading();
        }
    }

    @Override
    public void onDrained(Connection connection) {
        connection.resumeReading();
    }

    @Override
    public Snapshot snapshot(Connection connection) {
        return responder.snapshot(connection);
    }
}
