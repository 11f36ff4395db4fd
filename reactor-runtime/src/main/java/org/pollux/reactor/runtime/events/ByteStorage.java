package org.pollux.reactor.runtime.events;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.pollux.reactor.Storage;

/** Bytes in an array that doubles; what was read is dropped when room is needed. */
final class ByteStorage implements Storage {

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int limit = Integer.MAX_VALUE;

    @Override
    public Storage limit(int most) {
        if (most < size()) {
            throw new IllegalArgumentException("The storage holds " + size() + " bytes, more than the limit " + most);
        }
        limit = most;
        return this;
    }

    @Override
    public Storage append(ByteBuffer data) {
        int needed = Math.addExact(size(), data.remaining());
        if (needed > limit) {
            throw new BufferOverflowException();
        }
        ByteBuffer target = bytes;
        if (needed > bytes.capacity()) {
            target = ByteBuffer.allocate(Math.max(needed, Math.min(limit, Math.max(64, bytes.capacity() * 2))));
            target.put(bytes);
        } else {
            target.compact();
        }
        bytes = target.put(data).flip();
        return this;
    }

    @Override
    public ByteBuffer content() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.remaining();
    }

    @Override
    public void clear() {
        bytes.position(bytes.limit());
    }
}
