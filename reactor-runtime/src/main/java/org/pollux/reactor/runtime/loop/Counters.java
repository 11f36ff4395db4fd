package org.pollux.reactor.runtime.loop;

import java.util.concurrent.TimeUnit;

/** The counters of a loop: written by its thread, read by any. A reader may see values that are some events old. */
public final class Counters {

    /** A peer can make handshakes fail as often as it likes, and must not fill the log. */
    private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

    private volatile int connections;
    private long turns;
    private long bytesRead;
    private long bytesWritten;
    private long handshakesFailed;

    /** When the log was told of one last, by the loop's clock. */
    private long toldAt;

    void turn() {
        turns++;
    }

    public void read(long count) {
        bytesRead += count;
    }

    public void written(long count) {
        bytesWritten += count;
    }

    /**
     * Counts a failed handshake.
     *
     * @param now by the loop's clock
     * @return whether the log is to be told, which is once in a minute at most
     */
    public boolean handshakeFailed(long now) {
        boolean tell = handshakesFailed == 0 || now - toldAt >= BETWEEN_LINES;
        handshakesFailed++;
        if (tell) {
            toldAt = now;
        }
        return tell;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void connections(int change) {
        connections += change;
    }

    public int connections() {
        return connections;
    }

    public long turns() {
        return turns;
    }

    public long bytesRead() {
        return bytesRead;
    }

    public long bytesWritten() {
        return bytesWritten;
    }

    public long handshakesFailed() {
        return handshakesFailed;
    }
}
