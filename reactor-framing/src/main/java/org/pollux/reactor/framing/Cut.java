package org.pollux.reactor.framing;

import java.nio.ByteBuffer;

/**
 * Finds the first frame of a stream's bytes; one connection's. What it finds depends on these bytes alone, not on how many
 * at a time they came.
 */
abstract class Cut {

    /** Memory grows in steps of what is there already, and of this at least. */
    private static final int STEP = 512;

    /** Where the frame that was found begins and ends, and where the next one begins, from the first byte. */
    int from;

    int to;
    int next;

    /**
     * Looks for a frame, again from the same first byte until there is one.
     *
     * @param bytes all that is known of the stream from the first byte on, between position and limit, which stay
     * @param last whether no byte follows
     * @return whether it is there: {@link #from}, {@link #to} and {@link #next} tell
     * @throws FrameException when none will be
     */
    abstract boolean find(ByteBuffer bytes, boolean last) throws FrameException;

    /**
     * How many bytes more to look at, when there was no frame in so many.
     *
     * @return positive
     */
    abstract int wanted(int known);

    final boolean found(int begin, int end, int nextBegin) {
        from = begin;
        to = end;
        next = nextBegin;
        return true;
    }

    /** For one who does not know, at most up to a bound. */
    static int step(int known, int most) {
        return Math.min(Math.max(known, STEP), most - known);
    }

    static FrameException undelimited(int most) {
        return new FrameException(
                "There is no delimiter in the first " + most + " bytes of a frame, which is the limit");
    }
}
