package org.pollux.reactor.runtime.loop;

/** The counters of a loop: written by its thread, read by any. A reader may see values that are some events old. */
public final class Counters {

    private volatile int connections;
    private long turns;
    private long bytesRead;
    private long bytesWritten;
    private long handshakesFailed;

    void turn() {
        turns++;
    }

    public void read(long count) {
        bytesRead += count;
    }

    public void written(long count) {
        bytesWritten += count;
    }

    public void handshakeFailed() {
        handshakesFailed++;
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
