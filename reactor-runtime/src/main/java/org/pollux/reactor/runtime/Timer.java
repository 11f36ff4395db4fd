package org.pollux.reactor.runtime;

/** Something due at a time of the loop's clock; held by {@link Timers}. */
abstract class Timer {

    /** Clock nanoseconds; compared by difference, as {@link System#nanoTime} asks for. */
    long deadline;

    /** Age among timers of the same deadline. */
    long sequence;

    /** Place in the heap, -1 when not waiting. */
    int place = -1;

    final boolean isWaiting() {
        return place >= 0;
    }

    /** The time has come; the timer is no longer waiting and may be started again. */
    abstract void expire(long now);

    /** The loop was closed before that. */
    void drop() {}

    final boolean before(Timer other) {
        long difference = deadline - other.deadline;
        return difference < 0 || (difference == 0 && sequence - other.sequence < 0);
    }
}
