package org.pollux.reactor.framing;

import java.nio.ByteBuffer;

/** Every frame has the same length. */
final class FixedCut extends Cut {

    private final int length;

    FixedCut(int length) {
        this.length = length;
    }

    @Override
    boolean find(ByteBuffer bytes, boolean last) {
        return bytes.remaining() >= length && found(0, length, length);
    }

    @Override
    int wanted(int known) {
        return length - known;
    }
}
