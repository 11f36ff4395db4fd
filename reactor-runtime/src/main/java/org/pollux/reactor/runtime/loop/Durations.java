package org.pollux.reactor.runtime.loop;

import java.time.Duration;

/** Durations as nanoseconds that can be added to a clock without overflow, and as people read them. */
public final class Durations {

    /** Some 146 years: half of what a long holds, so that two deadlines can be compared by their difference. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Durations() {}

    /** The nanoseconds of a duration that must not be negative, cut to what a clock can bear. */
    public static long nanos(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A duration must not be negative, but is " + text(duration));
        }
        return (duration.compareTo(LONGEST) >= 0 ? LONGEST : duration).toNanos();
    }

    /** {@code 10 s} or {@code 1500 ms}. */
    public static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
