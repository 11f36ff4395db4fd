package org.pollux.reactor.libevent;

import java.io.IOException;

/**
 * Ends a wait at its time.
 *
 * <p>It stays set from one turn of the loop to the next, because most turns wait for the same distant timer of the loop and
 * end long before it. Setting the alarm in each turn would cost a system call and, in a virtual machine, an exit to the
 * host. So the alarm may ring too early; the waiting loop then sets it again. Times are rounded up to 65 us. So a time that
 * is computed in two turns counts as the same, although it differs by the time between two readings of the clock.
 */
abstract class Alarm {

    private static final int GRAIN_BITS = 16;

    private boolean set;
    private long time;

    /** Rings at this time of {@link System#nanoTime} or, from an earlier setting, before it. */
    final void ringBy(long deadline) throws IOException {
        long rounded = (((deadline - 1) >> GRAIN_BITS) + 1) << GRAIN_BITS;
        if (!set || time - rounded > 0) {
            start(Math.max(1, rounded - System.nanoTime()));
            time = rounded;
            set = true;
        }
    }

    /** The alarm has ended a turn of the loop. */
    final void rang() throws IOException {
        set = false;
        stop();
    }

    /** The descriptor of its events. */
    abstract int descriptor();

    /** Rings after that many nanoseconds. Replaces an earlier setting. */
    abstract void start(long nanos) throws IOException;

    /** Stops the alarm until it is started again. */
    abstract void stop() throws IOException;

    abstract void close();
}
