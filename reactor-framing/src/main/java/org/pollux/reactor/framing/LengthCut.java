package org.pollux.reactor.framing;

import java.nio.ByteBuffer;

/** A frame follows its length. */
final class LengthCut extends Cut {

    private final LengthPrefix prefix;
    private final int most;

    /** The length of prefix and frame, or of the prefix alone while that is incomplete. */
    private int total;

    LengthCut(LengthPrefix prefix, int most) {
        this.prefix = prefix;
        this.most = most;
    }

    @Override
    boolean find(ByteBuffer bytes, boolean last) throws FrameException {
        int width = prefix.width();
        total = width;
        if (bytes.remaining() < width) {
            return false;
        }
        long length = prefix.read(bytes, bytes.position());
        if (length > most) {
            throw new FrameException("A frame of " + length + " bytes is announced; the limit is " + most);
        }
        total = width + (int) length;
        return bytes.remaining() >= total && found(width, total, total);
    }

    @Override
    int wanted(int known) {
        return total - known;
    }
}
