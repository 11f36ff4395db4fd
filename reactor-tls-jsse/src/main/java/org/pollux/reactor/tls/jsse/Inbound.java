package org.pollux.reactor.tls.jsse;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.tls.CipherStream;

/** The encrypted bytes that have come and are not decrypted yet. */
final class Inbound {

    private static final byte[] NONE = {};

    /** Before the content of a record (RFC 8446 section 5.1): its type, a version and its length. */
    private static final int HEADER = 5;

    private static final int LENGTH = 3;

    private final CipherStream below;
    private byte[] left = NONE;
    private boolean ended;

    Inbound(CipherStream below) {
        this.below = below;
    }

    /** Puts what is left into an empty buffer, from which it is decrypted. */
    void take(ByteBuffer in) {
        in.clear().put(left).flip();
        left = NONE;
    }

    /** Keeps what that buffer still has. */
    void keep(ByteBuffer in) {
        if (in.hasRemaining()) {
            left = new byte[in.remaining()];
            in.get(left);
        }
    }

    /**
     * Reads more behind what the buffer has.
     *
     * @param most bytes
     * @return bytes read, 0 when there are none now, -1 at the end
     */
    int fill(ByteBuffer in, int most) throws IOException {
        if (ended) {
            return -1;
        }
        in.compact();
        in.limit(Math.min(in.limit(), in.position() + most));
        try {
            int count = below.read(in);
            ended = count < 0;
            return count;
        } finally {
            in.flip();
        }
    }

    /** Whether a whole record is left. */
    boolean hasRecord() {
        return left.length >= HEADER && left.length >= HEADER + (left[LENGTH] & 0xff) * 256 + (left[LENGTH + 1] & 0xff);
    }
}
