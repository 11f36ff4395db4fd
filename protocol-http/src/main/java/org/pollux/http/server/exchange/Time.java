package org.pollux.http.server.exchange;

/** The time, for deadlines and for dates. */
public interface Time {

    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }
    };

    /** Nanoseconds from any origin; they never decrease. */
    long nanos();

    /** Milliseconds since 1970, from the wall clock. */
    long millis();
}
