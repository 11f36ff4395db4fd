package org.pollux.http.wire.hpack;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes the heads that a peer sends (RFC 7541, section 3). Indexed fields are passed on where they are, without a copy;
 * nothing is allocated for them.
 *
 * <p>A decoder has no limit for a head, because its table must follow the peer's even when a head is refused. The caller limits
 * the octets of a block, and the {@link FieldSink} may ignore fields.
 */
public final class HpackDecoder {

    private static final int FAULT = -1;

    /** More octets than these would be an integer beyond every limit (RFC 7541, section 5.1). */
    private static final int LONGEST_INTEGER = 4;

    private int most;
    private final DynamicTable table;

    /** The field that is being read. */
    private byte[] field = {};

    /**
     * Makes a decoder with an empty table.
     *
     * @param tableSize octets, as told to the peer by SETTINGS_HEADER_TABLE_SIZE
     */
    public HpackDecoder(int tableSize) {
        this.most = tableSize;
        this.table = new DynamicTable(tableSize);
    }

    /**
     * The peer has acknowledged another size of the table. If its fields need more, its next block must begin with a smaller size
     * (RFC 9113, section 4.3.1).
     */
    public void limit(int tableSize) {
        most = tableSize;
    }

    /**
     * Decodes the rest of the buffer, which is a whole block of fields.
     *
     * @return false when it is malformed. The table differs from the peer's then, so the connection must end
     *     (COMPRESSION_ERROR)
     */
    public boolean decode(ByteBuffer block, FieldSink sink) {
        boolean begun = false;
        boolean valid = true;
        while (valid && block.hasRemaining()) {
            int octet = block.get() & 0xFF;
            if (octet >= 0x20 && octet < 0x40) {
                valid = !begun && resize(integer(block, octet, 5));
            } else {
                valid = (begun || table.size() <= most) && field(block, octet, sink);
                begun = true;
            }
        }
        return valid;
    }

    private boolean field(ByteBuffer block, int octet, FieldSink sink) {
        if (octet >= 0x80) {
            return indexed(integer(block, octet, 7), sink);
        }
        boolean added = octet >= 0x40;
        return literal(block, integer(block, octet, added ? 6 : 4), added, sink);
    }

    private boolean indexed(int index, FieldSink sink) {
        if (index <= 0) {
            return false;
        }
        if (index <= StaticTable.LAST) {
            sink.field(
                    StaticTable.OCTETS,
                    StaticTable.start(index),
                    StaticTable.nameLength(index),
                    StaticTable.valueLength(index));
            return true;
        }
        int place = index - StaticTable.LAST - 1;
        if (place >= table.count()) {
            return false;
        }
        sink.field(table.octets(), table.start(place), table.nameLength(place), table.valueLength(place));
        return true;
    }

    private boolean resize(int size) {
        if (size < 0 || size > most) {
            return false;
        }
        table.limit(size);
        return true;
    }

    private boolean literal(ByteBuffer in, int index, boolean added, FieldSink sink) {
        int nameEnd = index == 0 ? string(in, 0) : knownName(index);
        int end = nameEnd == FAULT ? FAULT : string(in, nameEnd);
        if (end == FAULT) {
            return false;
        }
        if (added) {
            table.add(field, 0, nameEnd, end - nameEnd);
        }
        sink.field(field, 0, nameEnd, end - nameEnd);
        return true;
    }

    /** Copies the name of a field of a table. Returns its end. */
    private int knownName(int index) {
        int place = index - StaticTable.LAST - 1;
        if (index < 0 || place >= table.count()) {
            return FAULT;
        }
        boolean known = place < 0;
        int length = known ? StaticTable.nameLength(index) : table.nameLength(place);
        reserve(0, length);
        if (known) {
            System.arraycopy(StaticTable.OCTETS, StaticTable.start(index), field, 0, length);
        } else {
            System.arraycopy(table.octets(), table.start(place), field, 0, length);
        }
        return length;
    }

    /** Reads a string (RFC 7541, section 5.2). Returns its end in the field. */
    private int string(ByteBuffer in, int start) {
        if (!in.hasRemaining()) {
            return FAULT;
        }
        int octet = in.get() & 0xFF;
        int length = integer(in, octet, 7);
        if (length < 0 || length > in.remaining()) {
            return FAULT;
        }
        int from = in.position();
        in.position(from + length);
        if ((octet & 0x80) != 0) {
            reserve(start, Huffman.mostDecoded(length));
            return Huffman.decode(in, from, from + length, field, start);
        }
        reserve(start, length);
        in.get(from, field, start, length);
        return start + length;
    }

    private void reserve(int start, int length) {
        if (field.length < start + length) {
            field = Arrays.copyOf(field, Math.max(2 * field.length, start + length));
        }
    }

    /** Reads an integer (RFC 7541, section 5.1) whose first octet was read. Its prefix has that many bits. */
    private static int integer(ByteBuffer in, int first, int prefix) {
        int most = (1 << prefix) - 1;
        int value = first & most;
        if (value < most) {
            return value;
        }
        for (int i = 0; i < LONGEST_INTEGER && in.hasRemaining(); i++) {
            int octet = in.get();
            value += (octet & 0x7F) << (7 * i);
            if (octet >= 0) {
                return value;
            }
        }
        return FAULT;
    }
}
