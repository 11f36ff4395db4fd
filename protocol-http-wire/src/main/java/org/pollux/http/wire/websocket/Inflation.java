package org.pollux.http.wire.websocket;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/**
 * Inflates the messages of a peer (RFC 7692, section 7.2.2). Without context takeover it has memory of zlib only while a
 * message is inflated. It gives at most as many octets as it is asked for, however well they were compressed.
 */
public final class Inflation implements AutoCloseable {

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final Bytes NOTHING = new Bytes(0);
    private static final int STEP = 4 * 1024;

    /** A window of 32 KiB, and tables (zlib's manual, "Memory Footprint"). */
    private static final int ZLIB = 40 * 1024;

    private final boolean takeover;
    private @Nullable Inflater inflater;

    /** What is being inflated. */
    private Bytes given = NOTHING;

    /** Whether what was given may give more octets. */
    private boolean more;

    private boolean last;
    private boolean inTail;

    /**
     * Makes an inflation.
     *
     * @param takeover whether a message may refer to earlier ones
     */
    public Inflation(boolean takeover) {
        this.takeover = takeover;
    }

    /** Whether {@link #inflate} must be called again before more is given. */
    boolean hasMore() {
        return more;
    }

    /**
     * Gives compressed octets, which must not change until all of them are inflated.
     *
     * @param end whether the message ends with them
     */
    void give(Bytes octets, boolean end) {
        Inflater by = inflater;
        if (by == null) {
            by = new Inflater(true);
            inflater = by;
        }
        given = octets;
        by.setInput(octets.array(), 0, octets.size());
        last = end;
        inTail = false;
        more = true;
    }

    /** Adds octets until all that were given are inflated, or the target has one more than {@code most}. */
    void inflate(Bytes to, int most) throws WebSocketFault {
        Inflater by = inflater;
        byte[] step = new byte[STEP];
        while (by != null && more && to.size() <= most) {
            int count = inflate(by, step, (int) Math.min(STEP, most + 1L - to.size()));
            to.add(step, 0, count);
            if (count == 0) {
                goOn(by);
            }
        }
    }

    private static int inflate(Inflater by, byte[] step, int length) throws WebSocketFault {
        try {
            return by.inflate(step, 0, length);
        } catch (DataFormatException e) {
            throw new WebSocketFault(CloseCode.INVALID_DATA, "A compressed message is malformed");
        }
    }

    /** Nothing came: all of the input was used, or the stream has ended inside the message, which may follow with another. */
    private void goOn(Inflater by) throws WebSocketFault {
        if (by.needsDictionary()) {
            throw new WebSocketFault(CloseCode.INVALID_DATA, "A compressed message is malformed");
        }
        if (by.finished()) { // a final block is allowed (RFC 7692, section 7.2.3.4); another stream may follow
            int rest = inTail ? 0 : by.getRemaining();
            by.reset();
            if (rest > 0) {
                by.setInput(given.array(), given.size() - rest, rest);
                return;
            }
            more = false;
        } else if (last && !inTail) {
            inTail = true;
            by.setInput(TAIL);
            return;
        } else {
            more = false;
        }
        given = NOTHING;
        if (last && !takeover) {
            close();
        }
    }

    /** Octets of memory that zlib has, about; from any thread. */
    int zlibOctets() {
        return inflater == null ? 0 : ZLIB;
    }

    /** Frees the memory of zlib. */
    @Override
    public void close() {
        Inflater by = inflater;
        if (by != null) {
            inflater = null;
            by.end();
        }
    }
}
