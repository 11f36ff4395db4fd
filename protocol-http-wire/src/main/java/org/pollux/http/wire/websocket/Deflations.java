package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/**
 * Deflates messages that stand for themselves, for many connections: an idle connection keeps no memory of zlib. From any
 * thread.
 */
final class Deflations implements AutoCloseable {

    private static final int KEPT = 4;

    private final int level;
    private final Deque<Deflation> free = new ArrayDeque<>(KEPT);
    private boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param level of zlib, 1 for the fastest to 9
     */
    Deflations(int level) {
        this.level = level;
    }

    /** A deflation of its own for a connection whose messages refer to earlier ones. */
    Deflation withTakeover() {
        return new Deflation(true, level);
    }

    void deflate(ByteBuffer message, Bytes to) {
        Deflation lent = take();
        Deflation by = lent == null ? new Deflation(false, level) : lent;
        by.deflate(message, to);
        give(by);
    }

    private synchronized @Nullable Deflation take() {
        return free.poll();
    }

    private synchronized void give(Deflation back) {
        if (closed || free.size() == KEPT) {
            back.close();
        } else {
            free.push(back);
        }
    }

    /** Frees all memory. A later message makes its own. */
    @Override
    public synchronized void close() {
        closed = true;
        free.forEach(Deflation::close);
        free.clear();
    }
}
