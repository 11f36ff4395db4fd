package org.pollux.reactor.testkit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that a test moves. It starts just before its numbers wrap around, which a nanosecond clock may do. */
public final class ManualClock implements LongSupplier {

    private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @Override
    public long getAsLong() {
        return now;
    }

    public void advance(Duration time) {
        now += time.toNanos();
    }

    void advanceTo(long nanos) {
        now += Math.max(0, nanos - now);
    }
}
