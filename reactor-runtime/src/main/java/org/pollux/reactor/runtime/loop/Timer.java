package org.pollux.reactor.runtime.loop;

/** Something due at a time of the loop's clock; held by {@link Timers}. */
public abstract class Timer {

    /** Clock nanoseconds; compared by difference, as {@link System#nanoTime} asks for. */
    public long deadline;

    /** Age among timers of the same deadline. */
    public long sequence;

    /** Index in the heap, -1 when not waiting. */
    public int index = -1;

    /** A timer that does something when the time has come. */
    public static Timer of(Runnable action) {
        return new Timer() {
            @Override
            protected void expire(long now) {
                action.run();
            }
        };
    }

    final boolean isWaiting() {
        return index >= 0;
    }

    /** The time has come; the timer is no longer waiting and may be started again. */
    protected abstract void expire(long now);

    /** The loop was closed before that. */
    protected void drop() {}

    final boolean before(Timer other) {
        long difference = deadline - other.deadline;
        return difference < 0 || (difference == 0 && sequence - other.sequence < 0);
    }
}
