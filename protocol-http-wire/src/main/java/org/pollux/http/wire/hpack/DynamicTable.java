package org.pollux.http.wire.hpack;

import java.util.Arrays;

/**
 * The fields that a connection has added (RFC 7541, sections 2.3.2 and 4). The newest one has the place 0. The octets are in
 * one array, oldest first: fields are taken out at its front and added at its end. The array grows with its use, up to twice
 * the size of the table.
 */
final class DynamicTable {

    /** The octets that a field counts in addition to its own (RFC 7541, section 4.1). */
    static final int OVERHEAD = 32;

    private static final int LEAST = 256;

    private byte[] octets = {};

    /** The end of the octets that are in use. */
    private int end;

    // rings: the fields from the oldest to the newest
    private int[] starts = new int[4];
    private int[] nameLengths = new int[4];
    private int[] valueLengths = new int[4];
    private int oldest;
    private int count;

    private int size;
    private int limit;

    DynamicTable(int limit) {
        this.limit = limit;
    }

    int count() {
        return count;
    }

    int limit() {
        return limit;
    }

    /** The octets that its fields count. */
    int size() {
        return size;
    }

    /** Changes the size that the table may have. Fields that no longer fit are taken out. */
    void limit(int changed) {
        limit = changed;
        evict(0);
    }

    /** The array with all fields; valid until the next change. */
    byte[] octets() {
        return octets;
    }

    int start(int place) {
        return starts[slot(place)];
    }

    int nameLength(int place) {
        return nameLengths[slot(place)];
    }

    int valueLength(int place) {
        return valueLengths[slot(place)];
    }

    private int slot(int place) {
        return (oldest + count - 1 - place) & (starts.length - 1);
    }

    /** Adds a field, which is not in this table's own array. A field that is larger than the table empties it. */
    void add(byte[] from, int start, int nameLength, int valueLength) {
        int length = nameLength + valueLength;
        evict(length + OVERHEAD);
        if (length + OVERHEAD > limit) {
            return;
        }
        reserve(length);
        if (count == starts.length) {
            growRings();
        }
        System.arraycopy(from, start, octets, end, length);
        count++;
        int slot = slot(0);
        starts[slot] = end;
        nameLengths[slot] = nameLength;
        valueLengths[slot] = valueLength;
        end += length;
        size += length + OVERHEAD;
    }

    /** Takes out the oldest fields until there is room. */
    private void evict(int room) {
        while (count > 0 && size + room > limit) {
            size -= nameLengths[oldest] + valueLengths[oldest] + OVERHEAD;
            oldest = (oldest + 1) & (starts.length - 1);
            count--;
        }
        if (count == 0) {
            end = 0;
        }
    }

    /** Makes room at the end of the array, by moving the fields to its front or into a larger one. */
    private void reserve(int length) {
        if (end + length <= octets.length) {
            return;
        }
        int first = count == 0 ? end : starts[oldest];
        int used = end - first;
        byte[] to = used + length <= octets.length / 2 ? octets : new byte[Math.max(LEAST, 2 * (used + length))];
        System.arraycopy(octets, first, to, 0, used);
        octets = to;
        end = used;
        for (int place = 0; place < count; place++) {
            starts[slot(place)] -= first;
        }
    }

    private void growRings() {
        starts = grown(starts);
        nameLengths = grown(nameLengths);
        valueLengths = grown(valueLengths);
        oldest = 0;
    }

    /** A ring of twice the size that begins with the oldest. */
    private int[] grown(int[] ring) {
        int[] larger = Arrays.copyOfRange(ring, oldest, oldest + 2 * ring.length);
        System.arraycopy(ring, 0, larger, ring.length - oldest, oldest);
        return larger;
    }

    /** The place of an equal field; -1 when there is none. */
    int find(byte[] in, int from, int nameLength, int valueLength) {
        int length = nameLength + valueLength;
        for (int place = 0; place < count; place++) {
            int slot = slot(place);
            int start = starts[slot];
            if (nameLengths[slot] == nameLength
                    && valueLengths[slot] == valueLength
                    && Arrays.equals(octets, start, start + length, in, from, from + length)) {
                return place;
            }
        }
        return -1;
    }
}
