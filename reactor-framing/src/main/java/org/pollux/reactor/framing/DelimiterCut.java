package org.pollux.reactor.framing;

import java.nio.ByteBuffer;

/** A frame ends with one of several delimiters. No byte is checked twice as the last byte of a delimiter. */
final class DelimiterCut extends Cut {

    private final Delimiters delimiters;
    private final int most;

    /** This many of the first bytes end no delimiter. */
    private int searched;

    DelimiterCut(Delimiters delimiters, int most) {
        this.delimiters = delimiters;
        this.most = most;
    }

    @Override
    boolean find(ByteBuffer bytes, boolean last) throws FrameException {
        int known = Math.min(bytes.remaining(), most);
        for (int i = searched; i < known; i++) {
            int length = delimiters.endingAt(bytes, bytes.position() + i);
            if (length > 0) {
                searched = 0;
                return found(0, i + 1 - length, i + 1);
            }
        }
        searched = known;
        if (known == most) {
            throw undelimited(most);
        }
        return false;
    }

    @Override
    int wanted(int known) {
        return step(known, most);
    }
}
