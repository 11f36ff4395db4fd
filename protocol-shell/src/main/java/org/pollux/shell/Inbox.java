package org.pollux.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;

/**
 * The bytes that a client sent and the session has not read yet. Their amount is limited: further bytes are left to the
 * connection, which holds the client back. The loop offers, the session's thread reads.
 */
final class Inbox extends InputStream {

    static final int CAPACITY = 16 << 10;

    private final Connection connection;
    private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY).limit(0);
    private boolean paused;
    private boolean ended;

    Inbox(Connection connection) {
        this.connection = connection;
    }

    /** Takes as many bytes as fit, and pauses the connection when some remain. */
    synchronized void offer(ByteBuffer data) {
        bytes.compact();
        int count = Math.min(bytes.remaining(), data.remaining());
        bytes.put(data.slice(data.position(), count)).flip();
        data.position(data.position() + count);
        if (data.hasRemaining()) {
            paused = true;
            connection.pauseReading();
        }
        notifyAll();
    }

    /** Nothing more comes; the bytes that are here can still be read. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized int read() throws IOException {
        return await() ? bytes.get() & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] target, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!await()) {
            return -1;
        }
        int taken = Math.min(count, bytes.remaining());
        bytes.get(target, from, taken);
        return taken;
    }

    @Override
    public synchronized int available() {
        return bytes.remaining();
    }

    /** Waits for bytes to read; false at the end. */
    private boolean await() throws IOException {
        while (!bytes.hasRemaining()) {
            if (paused) {
                paused = false;
                connection.resumeReading();
            } else if (ended) {
                return false;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the session was ended");
            }
        }
        return true;
    }
}
