package org.pollux.reactor.uring;

import java.nio.ByteBuffer;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/** The bytes that were received ahead for one stream: a chain of buffers. */
final class Received {

    private final ReceiveBuffers buffers;
    private int first = ReceiveBuffers.NONE;
    private int last = ReceiveBuffers.NONE;
    private int count;

    /** How much of the first buffer was read. */
    private int offset;

    Received(ReceiveBuffers buffers) {
        this.buffers = buffers;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** How many buffers it holds. */
    int count() {
        return count;
    }

    void append(int buffer, int length) {
        buffers.take(buffer, length);
        if (count++ == 0) {
            first = buffer;
        } else {
            buffers.chain(last, buffer);
        }
        last = buffer;
    }

    /** Moves as many bytes as there are, and as there is room for. */
    int read(ByteBuffer target) {
        int moved = 0;
        while (count > 0 && target.hasRemaining()) {
            int step = Math.min(buffers.length(first) - offset, target.remaining());
            buffers.copy(first, offset, step, target);
            moved += step;
            offset += step;
            if (offset == buffers.length(first)) {
                dropFirst();
            }
        }
        return moved;
    }

    private void dropFirst() {
        int dropped = first;
        first = buffers.next(dropped);
        buffers.give(dropped);
        count--;
        offset = 0;
    }

    void handOver(Source source, Handover to) {
        while (count > 0) {
            to.received(source, buffers.slice(first, offset));
            dropFirst();
        }
    }

    void clear() {
        while (count > 0) {
            dropFirst();
        }
    }
}
