package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The beginning of an incomplete frame. */
final class Held {

    /** The memory that is kept for the next frame. A larger buffer is released when its frame is complete. */
    private static final int KEPT = 4096;

    private static final byte[] NOTHING = {};

    private byte[] array = NOTHING;
    private ByteBuffer view = ByteBuffer.wrap(array);
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void append(ByteBuffer in, int count) {
        if (size + count > array.length) {
            array = Arrays.copyOf(array, Math.max(size + count, Math.min(2 * array.length, 1 << 30)));
            view = ByteBuffer.wrap(array);
        }
        in.get(array, size, count);
        size += count;
    }

    /** All of it, valid until the next change. */
    ByteBuffer view() {
        return view.limit(size).position(0);
    }

    /** Keeps only a part. */
    void keep(int from, int count) {
        System.arraycopy(array, from, array, 0, count);
        size = count;
        if (count == 0 && array.length > KEPT) {
            clear();
        }
    }

    void clear() {
        size = 0;
        array = NOTHING;
        view = ByteBuffer.wrap(array);
    }
}
