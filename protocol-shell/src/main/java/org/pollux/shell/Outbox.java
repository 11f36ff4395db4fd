package org.pollux.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;

/**
 * The output to a client. The writer waits while more bytes are pending than the connection's high-water mark, so a client
 * that does not read blocks only its own session. Session threads write, the loop reports that the output has drained.
 */
final class Outbox extends OutputStream {

    /** Far below the connection's hard limit. */
    private static final int PIECE = 16 << 10;

    private final Connection connection;
    private long drainings;
    private boolean ended;

    Outbox(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
        for (int at = from; at < from + count; at += PIECE) {
            send(ByteBuffer.wrap(data, at, Math.min(PIECE, from + count - at)));
        }
    }

    private void send(ByteBuffer piece) throws IOException {
        long before = drainings();
        // not under our lock, because the loop may be about to take it
        if (!connection.write(piece)) {
            awaitDraining(before);
        }
    }

    private synchronized void awaitDraining(long before) throws IOException {
        while (drainings == before) {
            if (ended || !connection.isOpen()) {
                throw new IOException("the client has disconnected");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the session was ended");
            }
        }
    }

    private synchronized long drainings() {
        return drainings;
    }

    synchronized void drained() {
        drainings++;
        notifyAll();
    }

    /** The connection has ended. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
