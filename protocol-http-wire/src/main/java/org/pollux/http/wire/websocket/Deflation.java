package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.pollux.http.wire.Bytes;

/**
 * Deflates whole messages (RFC 7692, section 7.2.1). Without context takeover each message stands for itself, so that one
 * deflation may serve the messages of many connections, one after the other. Each holds about 256 KiB of memory of zlib.
 */
public final class Deflation implements AutoCloseable {

    private static final int TAIL = 4;
    private static final int STEP = 4 * 1024;

    /** Two windows of 32 KiB, the chains of hashes, and what waits for its code (zlib's manual, "Memory Footprint"). */
    static final int ZLIB = 256 * 1024;

    private final boolean takeover;
    private final Deflater deflater;
    private final byte[] step = new byte[STEP];

    /**
     * Makes a deflation.
     *
     * @param takeover whether a message may refer to earlier ones
     * @param level of zlib, 1 for the fastest to 9
     */
    public Deflation(boolean takeover, int level) {
        this.takeover = takeover;
        this.deflater = new Deflater(level, true);
    }

    /** Adds the compressed form of a message, which is read to its limit. */
    public void deflate(ByteBuffer message, Bytes to) {
        int from = to.size();
        deflater.setInput(message);
        int count;
        do {
            count = deflater.deflate(step, 0, STEP, Deflater.SYNC_FLUSH);
            to.add(step, 0, count);
        } while (count == STEP || !deflater.needsInput());
        if (to.size() - from > TAIL) {
            to.remove(to.size() - TAIL, to.size()); // an empty block, which the receiver adds again
        } else {
            to.remove(from, to.size());
            to.add((byte) 0); // an empty message (RFC 7692, section 7.2.3.6)
        }
        if (!takeover) {
            deflater.reset();
        }
    }

    /** Frees the memory of zlib. */
    @Override
    public void close() {
        deflater.end();
    }
}
