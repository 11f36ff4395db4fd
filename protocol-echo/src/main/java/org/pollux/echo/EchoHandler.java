package org.pollux.echo;

import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * Sends back what comes. A peer that does not read what it gets is not read from either, so it fills the kernel's buffers
 * and a few KiB of ours, whatever it sends. It has no state: one serves all connections.
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
}
