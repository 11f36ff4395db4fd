package org.pollux.http.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing array of bytes that is filled, sent and filled again. */
public final class Bytes {

    /** Memory beyond this size, grown for one response, is released after it. */
    private static final int KEPT = 16 * 1024;

    private static final byte[] NONE = {};

    private final int initial;
    private byte[] array;

    /** Made when it is first asked for: most of those that a connection has are never sent. */
    private @Nullable ByteBuffer view;

    private int size;

    public Bytes(int initial) {
        this.initial = initial;
        this.array = initial == 0 ? NONE : new byte[initial];
    }

    public int size() {
        return size;
    }

    /** The bytes that it can hold without more memory. */
    public int capacity() {
        return array.length;
    }

    public Bytes clear() {
        size = 0;
        if (array.length > Math.max(KEPT, initial)) {
            resize(initial);
        }
        return this;
    }

    /** Empties the array. None of its former bytes stay in its memory. */
    public Bytes wipe() {
        Arrays.fill(array, 0, size, (byte) 0);
        return clear();
    }

    /** The bytes that it holds, valid until the next change; in big-endian order, whatever the last user has made of it. */
    public ByteBuffer content() {
        ByteBuffer now = view;
        if (now == null) {
            now = ByteBuffer.wrap(array);
            view = now;
        }
        return now.order(ByteOrder.BIG_ENDIAN).position(0).limit(size);
    }

    /** The array that has them, from its beginning; valid until the next change. */
    public byte[] array() {
        return array;
    }

    public Bytes add(byte octet) {
        reserve(1);
        array[size++] = octet;
        return this;
    }

    public Bytes add(byte[] octets) {
        return add(octets, 0, octets.length);
    }

    public Bytes add(Bytes other) {
        return add(other.array, 0, other.size);
    }

    /** Adds a range of an array. */
    public Bytes add(byte[] octets, int from, int to) {
        reserve(to - from);
        System.arraycopy(octets, from, array, size, to - from);
        size += to - from;
        return this;
    }

    /** Takes the remaining bytes of the buffer, and adds them. */
    public Bytes add(ByteBuffer octets) {
        return add(octets, octets.remaining());
    }

    /** Takes that many bytes of the buffer, and adds them. */
    public Bytes add(ByteBuffer octets, int count) {
        reserve(count);
        octets.get(array, size, count);
        size += count;
        return this;
    }

    /** Adds a byte for each char, which is at most U+00FF. */
    public Bytes add(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            array[size + i] = (byte) text.charAt(i);
        }
        size += count;
        return this;
    }

    /** Adds a number, not negative, in decimal digits. */
    public Bytes add(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        size += digits;
        long rest = number;
        for (int i = 1; i <= digits; i++) {
            array[size - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** Adds a number, not negative, in hexadecimal digits. */
    public Bytes addHex(long number) {
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 3) / 4);
        reserve(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            array[size++] = (byte) Character.forDigit((int) (number >> shift) & 0xF, 16);
        }
        return this;
    }

    /** Takes out a range. */
    public void remove(int from, int to) {
        System.arraycopy(array, to, array, from, size - to);
        size -= to - from;
    }

    private void reserve(int count) {
        if (array.length - size < count) {
            resize(Math.max(2 * array.length, size + count));
        }
    }

    private void resize(int capacity) {
        array = Arrays.copyOf(array, capacity);
        view = null;
    }
}
