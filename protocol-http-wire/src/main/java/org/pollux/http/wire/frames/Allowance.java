package org.pollux.http.wire.frames;

/**
 * How often a peer may do something that costs this side more than the peer: so many times in a row, and then so many
 * times in a second. For the loop's thread.
 */
public final class Allowance {

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
    public Allowance(int burst, int rate, long now) {
        each = SECOND / Math.min(rate, SECOND);
        most = burst * each;
        left = most;
        at = now;
    }

    /** Takes one. False when none is left. */
    public boolean take(long now) {
        left = Math.min(most, left + now - at);
        at = now;
        if (left < each) {
            return false;
        }
        left -= each;
        return true;
    }

    /** Gives so many back, because the peer has done what it is there for. */
    public void give(int times) {
        left = Math.min(most, left + times * each);
    }
}
