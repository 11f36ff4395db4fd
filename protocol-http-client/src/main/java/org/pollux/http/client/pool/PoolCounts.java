package org.pollux.http.client.pool;

import org.pollux.reactor.admin.Counts;
import org.pollux.reactor.admin.PoolStatus;

/** How many connections and calls a pool has. The thread of its loop counts, and any thread reads. */
final class PoolCounts {

    private static final int OPEN = 0;
    private static final int IDLE = 1;
    private static final int WAITING = 2;
    private static final int OPENED = 3;
    private static final int FAILED = 4;

    private record Reading(String name, int active, int idle, int waiting, long opened, long failed)
            implements PoolStatus {}

    private final Counts counts = new Counts(5);

    /** A connection is being opened, and counts as open from now on. */
    void opening() {
        counts.add(OPEN, 1);
    }

    void opened() {
        counts.add(OPENED, 1);
    }

    void failed() {
        counts.add(FAILED, 1);
    }

    /** A connection has ended, or was not opened. */
    void closed() {
        counts.add(OPEN, -1);
    }

    void idle(int change) {
        counts.add(IDLE, change);
    }

    void waiting(int change) {
        counts.add(WAITING, change);
    }

    int open() {
        return read(OPEN);
    }

    int waiting() {
        return read(WAITING);
    }

    private int read(int index) {
        return Math.toIntExact(counts.get(index));
    }

    /** All of them at one moment, under the name of the pool; from any thread. */
    PoolStatus status(String name) {
        int idle = read(IDLE);
        int active = Math.max(0, open() - idle); // the loop may count between the two
        return new Reading(name, active, idle, waiting(), counts.get(OPENED), counts.get(FAILED));
    }
}
