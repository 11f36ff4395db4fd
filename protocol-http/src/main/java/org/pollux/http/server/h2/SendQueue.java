package org.pollux.http.server.h2;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits of a body: copied bytes, and then a part of a file. */
final class SendQueue {

    /** A chunk has at least this size, so many small pieces do not cost an array each. */
    private static final int CHUNK = 2 * 1024;

    /** The chunks, each ready to be read; the last one may have room behind its limit. */
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>(2);

    private long bytes;
    private @Nullable FileChannel file;
    private long offset;
    private long rest;

    boolean isEmpty() {
        return bytes == 0 && rest == 0;
    }

    /** All that waits, in octets. */
    long size() {
        return bytes + rest;
    }

    /** The copied octets that wait, which take memory. */
    long copied() {
        return bytes;
    }

    /** Copies the rest of a buffer. It never comes behind a file, whose writer waits until the file was sent. */
    void add(ByteBuffer data) {
        bytes += data.remaining();
        ByteBuffer last = chunks.peekLast();
        if (last == null || last.capacity() - last.limit() < data.remaining()) {
            last = ByteBuffer.allocate(Math.max(CHUNK, data.remaining())).limit(0);
            chunks.addLast(last);
        }
        int end = last.limit();
        last.limit(end + data.remaining());
        last.put(end, data, data.position(), data.remaining());
        data.position(data.limit());
    }

    void add(FileChannel from, long start, long count) {
        file = from;
        offset = start;
        rest = count;
    }

    /** The first chunk, or the first octets of the file, read into a buffer: at most that many octets. */
    ByteBuffer peek(int most, ByteBuffer buffer) throws IOException {
        ByteBuffer first = chunks.peekFirst();
        if (first != null) {
            int length = Math.min(most, first.remaining());
            return first.slice(first.position(), length);
        }
        buffer.clear().limit((int) Math.min(Math.min(most, rest), buffer.capacity()));
        int count = file == null ? -1 : file.read(buffer, offset);
        if (count <= 0) {
            throw new EOFException("The file ends " + rest + " bytes too early: it was changed while it was sent");
        }
        return buffer.flip();
    }

    /** So many octets of what was seen are sent. */
    void taken(int count) {
        ByteBuffer first = chunks.peekFirst();
        if (first == null) {
            offset += count;
            rest -= count;
            if (rest == 0) {
                file = null;
            }
            return;
        }
        bytes -= count;
        first.position(first.position() + count);
        if (!first.hasRemaining()) {
            chunks.removeFirst();
        }
    }

    void clear() {
        chunks.clear();
        bytes = 0;
        rest = 0;
        file = null;
    }
}
