package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The objects that the responses in pieces of one event loop share, one callback after the other. For that loop's thread. */
final class StreamLoop {

    private static final int FILE_BUFFER = 64 * 1024;

    private final int outbound;
    private @Nullable ByteBuffer fileBuffer;
    private long callback;

    /**
     * Makes the shared objects.
     *
     * @param outbound the bytes that may wait for a client; with more, a writer must stop
     */
    StreamLoop(int outbound) {
        this.outbound = outbound;
    }

    int outbound() {
        return outbound;
    }

    /** Drops the buffer, because another thread may still use it. */
    void forgetBuffer() {
        fileBuffer = null;
    }

    void enterCallback() {
        callback++;
    }

    /** The number of the present callback. */
    long callback() {
        return callback;
    }

    /** The buffer for files, empty. */
    ByteBuffer fileBuffer() {
        ByteBuffer buffer = fileBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(FILE_BUFFER);
            fileBuffer = buffer;
        }
        return buffer.clear();
    }
}
