package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.pollux.reactor.runtime.loop.Buffers;

/**
 * The output of one connection that the system did not take yet: bytes, in chunks of its loop's, and parts of files.
 */
@SuppressWarnings({
    "NonAtomicVolatileUpdate", // the sizes have one writer
    "ReferenceEquality" // a chunk is itself and no other
})
final class SendQueue {

    /** Stands among the chunks where a part of a file is; it is full, so that nothing is appended to it. */
    private static final ByteBuffer FILE = ByteBuffer.allocate(0);

    private final Buffers buffers;
    private final Holding holding;
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
    private final ArrayDeque<FilePart> files = new ArrayDeque<>(1);

    /** Written by the loop only, read by any thread. */
    private volatile long size;

    /** How much of the size is in files. */
    private volatile long inFiles;

    SendQueue(Buffers buffers, Holding holding) {
        this.buffers = buffers;
        this.holding = holding;
    }

    long size() {
        return size;
    }

    long inFiles() {
        return inFiles;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** Copies all of the data behind what waits. */
    void append(ByteBuffer data) {
        long added = data.remaining();
        while (data.hasRemaining()) {
            ByteBuffer tail = chunks.peekLast();
            if (tail == null || tail.limit() == tail.capacity()) {
                tail = buffers.takeChunk();
                holding.addOutbound(Buffers.CHUNK); // all of it is taken, however little is in it
                chunks.addLast(tail);
            }
            int end = tail.limit();
            int count = Math.min(tail.capacity() - end, data.remaining());
            tail.limit(end + count).put(end, data, data.position(), count);
            data.position(data.position() + count);
        }
        size = size + added;
    }

    /** Puts a part of a file behind what waits. */
    void append(FilePart part) {
        chunks.addLast(FILE);
        files.addLast(part);
        inFiles = inFiles + part.rest();
        size = size + part.rest();
    }

    /**
     * Hands to the transport what it takes in one call.
     *
     * @return how many bytes that was
     */
    long flush(Transport transport) throws IOException {
        long taken = chunks.peekFirst() == FILE ? flushFile(transport) : flushChunks(transport);
        if (taken > 0) {
            holding.sent(taken);
        }
        return taken;
    }

    private long flushFile(Transport transport) throws IOException {
        FilePart part = files.getFirst();
        long taken = part.sendTo(transport);
        if (part.rest() == 0) {
            files.removeFirst();
            chunks.removeFirst();
        }
        inFiles = inFiles - taken;
        size = size - taken;
        return taken;
    }

    private long flushChunks(Transport transport) throws IOException {
        ByteBuffer[] vector = buffers.vector;
        int count = 0;
        for (ByteBuffer chunk : chunks) {
            if (count == vector.length || chunk == FILE) {
                break;
            }
            vector[count++] = chunk;
        }
        long taken = transport.write(vector, 0, count);
        while (!chunks.isEmpty()
                && chunks.getFirst() != FILE
                && !chunks.getFirst().hasRemaining()) {
            buffers.giveBack(chunks.removeFirst());
            holding.addOutbound(-Buffers.CHUNK);
        }
        size = size - taken;
        return taken;
    }

    /** Drops everything; what it held is its connection's to give back. */
    void clear() {
        chunks.removeIf(chunk -> chunk == FILE);
        chunks.forEach(buffers::giveBack);
        chunks.clear();
        files.clear();
        inFiles = 0;
        size = 0;
    }
}
