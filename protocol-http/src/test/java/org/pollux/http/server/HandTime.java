package org.pollux.http.server;

import java.time.Duration;
import java.time.Instant;
import org.pollux.http.server.exchange.Time;

/** A clock that a test moves. */
public final class HandTime implements Time {

    private long nanos = Long.MAX_VALUE - 5_000_000_000L; // it overflows soon, as the system's may
    private long millis = Instant.parse("1994-11-06T08:49:37.999Z").toEpochMilli();

    public void pass(Duration duration) {
        nanos += duration.toNanos();
        millis += duration.toMillis();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return millis;
    }
}
