package org.pollux.reactor.runtime.loop;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The memory that a loop's connections share, one after the other. */
public final class Buffers {

    /** A handler that takes nothing may leave less than this, unless it pauses. */
    public static final int UNREAD = 64 * 1024;

    /** The most that one read moves, and so a connection's share of a turn. A message of 64 KiB comes whole, with its header. */
    public static final int READ = UNREAD + 256;

    public static final int CHUNK = 16 * 1024;

    /** The most buffers that one write hands to the system. */
    static final int VECTOR = 16;

    /** More than these are shared with the other loops. */
    private static final int KEPT_CHUNKS = 64;

    /** Where every read goes. */
    public ByteBuffer inbound = ByteBuffer.allocateDirect(READ);

    /** The writes of the connection whose callback runs; between callbacks it is empty. */
    public ByteBuffer gathered = ByteBuffer.allocateDirect(READ);

    /** The argument of gathering writes. */
    public ByteBuffer[] vector = new ByteBuffer[VECTOR];

    /** The buffer of {@link #file}; null before its first use. */
    private ByteBuffer @Nullable [] file;

    /** Whose callback runs, if it is a connection's. */
    @Nullable
    public Callee gatherer;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
    private final MemoryBudget shared;

    Buffers(MemoryBudget shared) {
        this.shared = shared;
    }

    /** Leaves what a callback has in hand to the thread that does not return from it. */
    void renew() {
        inbound = ByteBuffer.allocateDirect(READ);
        gathered = ByteBuffer.allocateDirect(READ);
        vector = new ByteBuffer[VECTOR];
        file = null;
        gatherer = null;
    }

    /** A piece of a file on its way through a stage, as the argument of a gathering write; empty between two calls. */
    public ByteBuffer[] file() {
        ByteBuffer[] present = file;
        if (present == null) {
            present = new ByteBuffer[] {ByteBuffer.allocateDirect(READ)};
            file = present;
        }
        return present;
    }

    /** A piece of an outbound queue, with nothing in it: position and limit are 0. */
    public ByteBuffer takeChunk() {
        ByteBuffer chunk = chunks.poll();
        if (chunk == null) {
            chunk = shared.takeChunk();
        }
        return chunk != null ? chunk : ByteBuffer.allocateDirect(CHUNK).limit(0);
    }

    public void giveBack(ByteBuffer chunk) {
        chunk.position(0).limit(0);
        if (chunks.size() < KEPT_CHUNKS) {
            chunks.push(chunk);
        } else {
            shared.giveBack(chunk);
        }
    }
}
