package org.pollux.reactor.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.pollux.reactor.spi.Registration;

/** The bytes of one connection that the system did not take yet, in chunks of its loop's. */
@SuppressWarnings("NonAtomicVolatileUpdate") // the size has one writer
final class Outbound {

    private final Buffers buffers;
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);

    /** Written by the loop only, read by any thread. */
    private volatile long size;

    Outbound(Buffers buffers) {
        this.buffers = buffers;
    }

    long size() {
        return size;
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
                chunks.addLast(tail);
            }
            int end = tail.limit();
            int count = Math.min(tail.capacity() - end, data.remaining());
            tail.limit(end + count).put(end, data, data.position(), count);
            data.position(data.position() + count);
        }
        size = size + added;
    }

    /**
     * Hands to the system what it takes in one call.
     *
     * @return how many bytes that was
     */
    long flush(Registration registration) throws IOException {
        ByteBuffer[] vector = buffers.vector;
        int count = 0;
        for (ByteBuffer chunk : chunks) {
            if (count == vector.length) {
                break;
            }
            vector[count++] = chunk;
        }
        long taken = registration.write(vector, 0, count);
        while (!chunks.isEmpty() && !chunks.getFirst().hasRemaining()) {
            buffers.giveBack(chunks.removeFirst());
        }
        size = size - taken;
        return taken;
    }

    void clear() {
        chunks.forEach(buffers::giveBack);
        chunks.clear();
        size = 0;
    }
}
