package org.pollux.reactor.libevent;

import java.io.IOException;

/**
 * Ends a wait at its time.
 *
 * <p>It stays set from one turn of the loop to the next, because most turns wait for the same far timer of the loop's and
 * end long before it: setting it again in each one would cost a system call and, in a virtual machine, an exit to the host.
 * So it may ring for nothing; then the waiting loop sets it again. Times are rounded up to 65 us, so that a time that was
 * computed in two turns, and differs by the time between two readings of the clock, counts as the same.
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

    /** It has ended a turn of the loop. */
    final void rang() throws IOException {
        set = false;
        stop();
    }

    /** The descriptor that its events have. */
    abstract int descriptor();

    /** Rings after so many nanoseconds, and not when it was set to before. */
    abstract void start(long nanos) throws IOException;

    /** Is silent until it is started again. */
    abstract void stop() throws IOException;

    abstract void close();
}
