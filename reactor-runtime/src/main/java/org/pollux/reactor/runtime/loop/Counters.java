package org.pollux.reactor.runtime.loop;

import java.util.concurrent.TimeUnit;
import org.pollux.reactor.admin.Counts;

/** The counters of a loop: written by its thread, read by any. A reader may see values that are some events old. */
public final class Counters {

    private static final int TURNS = 0;
    private static final int READY = 1;
    private static final int BYTES_READ = 2;
    private static final int BYTES_WRITTEN = 3;
    private static final int HANDSHAKES_FAILED = 4;

    /** A peer can make handshakes fail as often as it likes, and must not fill the log. */
    private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

    private final Counts counts = new Counts(5);
    private volatile int connections;

    /** When the log was told of one last, by the loop's clock. */
    private long toldAt;

    void turn() {
        counts.add(TURNS, 1);
    }

    void ready(int sources) {
        counts.add(READY, sources);
    }

    public void read(long count) {
        counts.add(BYTES_READ, count);
    }

    public void written(long count) {
        counts.add(BYTES_WRITTEN, count);
    }

    /**
     * Counts a failed handshake.
     *
     * @param now by the loop's clock
     * @return whether the log is to be told, which is once in a minute at most
     */
    public boolean handshakeFailed(long now) {
        boolean tell = handshakesFailed() == 0 || now - toldAt >= BETWEEN_LINES;
        counts.add(HANDSHAKES_FAILED, 1);
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
        return counts.get(TURNS);
    }

    /** How many sources were ready, over all turns. */
    public long ready() {
        return counts.get(READY);
    }

    public long bytesRead() {
        return counts.get(BYTES_READ);
    }

    public long bytesWritten() {
        return counts.get(BYTES_WRITTEN);
    }

    public long handshakesFailed() {
        return counts.get(HANDSHAKES_FAILED);
    }
}
