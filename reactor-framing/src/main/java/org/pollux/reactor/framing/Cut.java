package org.pollux.reactor.framing;

import java.nio.ByteBuffer;

/**
 * Finds the first frame in the bytes of one connection. The result depends only on the bytes, not on how they arrived.
 */
abstract class Cut {

    /** Memory doubles, and grows by at least this. */
    private static final int STEP = 512;

    /** The positions of the found frame and of the next one, counted from the first byte. */
    int from;

    int to;
    int next;

    /**
     * Looks for a frame. It is called again with the same first byte until it finds one.
     *
     * @param bytes the known bytes of the stream, between position and limit, which do not change
     * @param last whether no byte follows
     * @return whether a frame was found: {@link #from}, {@link #to} and {@link #next} have its positions
     * @throws FrameException if the bytes cannot become a frame
     */
    abstract boolean find(ByteBuffer bytes, boolean last) throws FrameException;

    /**
     * How many more bytes to look at, if the known ones have no frame.
     *
     * @return a positive number
     */
    abstract int wanted(int known);

    final boolean found(int begin, int end, int nextBegin) {
        from = begin;
        to = end;
        next = nextBegin;
        return true;
    }

    /** For framings that cannot know the length: a step up to a limit. */
    static int step(int known, int most) {
        return Math.min(Math.max(known, STEP), most - known);
    }

    static FrameException undelimited(int most) {
        return new FrameException(
                "There is no delimiter in the first " + most + " bytes of a frame, which is the limit");
    }
}
