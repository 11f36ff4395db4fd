package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the responses in pieces of one event loop share, one callback after the other. For that loop's thread. */
final class StreamLoop {

    private static final int FILE_BUFFER = 64 * 1024;

    private final int outbound;
    private @Nullable ByteBuffer fileBuffer;
    private long callback;

    /**
     * Makes what they share.
     *
     * @param outbound how many bytes may wait for a client before a writer is told to stop
     */
    StreamLoop(int outbound) {
        this.outbound = outbound;
    }

    int outbound() {
        return outbound;
    }

    /** Another thread may have the buffer in hand. */
    void forgetBuffer() {
        fileBuffer = null;
    }

    void enterCallback() {
        callback++;
    }

    /** Which callback this is. */
    long callback() {
        return callback;
    }

    /** Through which files are sent, empty. */
    ByteBuffer fileBuffer() {
        ByteBuffer buffer = fileBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(FILE_BUFFER);
            fileBuffer = buffer;
        }
        return buffer.clear();
    }
}
