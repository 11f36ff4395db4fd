package org.pollux.echo;

import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Snapshot;

/**
 * Sends back every byte. A handler stops reading from a peer that does not read, so such a peer fills the kernel's buffers
 * and a few KiB of ours, whatever it sends. The handler has no state: one instance serves all connections.
 */
public final class EchoHandler implements ConnectionHandler {

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        if (!connection.write(in)) {
            connection.pauseReading();
        }
    }

    @Override
    public void onDrained(Connection connection) {
        connection.resumeReading();
    }

    /** Every byte is a message. */
    @Override
    public Snapshot snapshot(Connection connection) {
        return Snapshot.empty();
    }
}
