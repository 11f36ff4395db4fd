package org.pollux.http.server.h2;

/**
 * How often a client may do something that costs the server more than the client: so many times in a row, and then so many
 * times in a second. For the loop's thread.
 */
final class Allowance {

    private static final long SECOND = 1_000_000_000L;

    private final long most;
    private final long each;

    /** What is left, in nanoseconds until as much would have come back. */
    private long left;

    private long at;

    /**
     * Makes a full allowance.
     *
     * @param burst times in a row
     * @param rate times in a second
     */
    Allowance(int burst, int rate, long now) {
        each = SECOND / Math.min(rate, SECOND);
        most = burst * each;
        left = most;
        at = now;
    }

    /** Takes one. False when none is left. */
    boolean take(long now) {
        left = Math.min(most, left + now - at);
        at = now;
        if (left < each) {
            return false;
        }
        left -= each;
        return true;
    }

    /** Gives so many back, because the client has done what it is there for. */
    void give(int times) {
        left = Math.min(most, left + times * each);
    }
}
