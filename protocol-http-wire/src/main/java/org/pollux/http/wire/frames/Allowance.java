package org.pollux.http.wire.frames;

/**
 * How often a peer may do something that costs this side more than the peer: so many times in a row, and then so many
 * times in a second. For the loop's thread.
 */
public final class Allowance {

    private static final long SECOND = 1_000_000_000L;

    /** The window updates that a peer may send for a frame of a body, however short. */
    private static final int UPDATES = 4;

    /** Some peers tell of each KiB that they have read, for its stream and for the connection. */
    private static final int OCTETS_OF_AN_UPDATE = 512;

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

    /**
     * Takes one for a frame of a body that nobody wants any more. Only a short one counts, because a long one costs the peer more.
     * False when none is left.
     */
    public boolean takeForBody(int octets, long now) {
        return octets >= OCTETS_OF_AN_UPDATE || take(now);
    }

    /** Gives back the window updates that may come for a frame of a body with so many octets. */
    public void giveForBody(int octets) {
        give(Math.max(UPDATES, octets / OCTETS_OF_AN_UPDATE));
    }

    /** Gives so many back, because the peer has done what it is there for. */
    public void give(int times) {
        left = Math.min(most, left + times * each);
    }
}
