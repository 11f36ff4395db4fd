package org.pollux.http.client;

import java.time.Duration;

/** Durations as people read them. */
public final class Durations {

    private Durations() {}

    /** {@code 10 s} or {@code 1500 ms}. */
    public static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
