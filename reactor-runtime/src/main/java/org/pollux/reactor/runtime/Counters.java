package org.pollux.reactor.runtime;

/** What a loop has done: written by its thread, read by any. A reader may see values that are some events old. */
final class Counters {

    private volatile int connections;
    private long turns;
    private long bytesRead;
    private long bytesWritten;

    void turn() {
        turns++;
    }

    void read(long count) {
        bytesRead += count;
    }

    void written(long count) {
        bytesWritten += count;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void connections(int change) {
        connections += change;
    }

    int connections() {
        return connections;
    }

    long turns() {
        return turns;
    }

    long bytesRead() {
        return bytesRead;
    }

    long bytesWritten() {
        return bytesWritten;
    }
}
