package org.pollux.http.server.exchange;

/** What time it is, for deadlines and for the calendar. */
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

    /** Nanoseconds from any origin, never going back. */
    long nanos();

    /** Milliseconds since 1970, as the wall clock has them. */
    long millis();
}
