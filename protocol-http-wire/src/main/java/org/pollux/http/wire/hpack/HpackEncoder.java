package org.pollux.http.wire.hpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pollux.http.wire.Bytes;

/**
 * Encodes heads (RFC 7541, section 6). Fields that usually come again are added to the table. Those that usually differ each
 * time are not, because each would take out one that is of use. Secrets are marked, so that no intermediary adds them to a
 * table (RFC 7541, section 7.1.3). Names are in lower case. Nothing is allocated, except while the table grows.
 */
public final class HpackEncoder {

    /** How a field is sent when no table has it. */
    private enum Kind {
        ADDED(0x40, 6),
        PLAIN(0x00, 4),
        SECRET(0x10, 4);

        private final int pattern;
        private final int prefix;

        Kind(int pattern, int prefix) {
            this.pattern = pattern;
            this.prefix = prefix;
        }
    }

    private static final String[] VOLATILE = {
        ":path",
        "age",
        "content-length",
        "content-range",
        "etag",
        "if-modified-since",
        "if-none-match",
        "last-modified",
        "location",
        "range",
    };

    private static final String[] SECRETS = {"authorization", "proxy-authorization", "set-cookie"};

    /** By the first index of a name in the static table; 0 is for all other names. */
    private static final Kind[] KINDS = new Kind[StaticTable.LAST + 1];

    static {
        Arrays.fill(KINDS, Kind.ADDED);
        set(Kind.PLAIN, VOLATILE);
        set(Kind.SECRET, SECRETS);
    }

    private static void set(Kind kind, String[] names) {
        for (String name : names) {
            byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
            KINDS[StaticTable.name(octets, 0, octets.length)] = kind;
        }
    }

    /** The size that a peer allows before it says another one (RFC 9113, section 6.5.2). */
    private static final int INITIAL = 4096;

    /** A field with more than this part of the table is not added: it would take out all others. */
    private static final int LARGE = 4;

    private static final int INDEXED = 0x80;
    private static final int RESIZED = 0x20;
    private static final String STATUS = ":status000";

    private final int most;
    private final DynamicTable table;
    private final byte[] status = STATUS.getBytes(StandardCharsets.US_ASCII);

    /** The least size since the last block, and whether the peer must be told of a change (RFC 7541, section 4.2). */
    private int least;

    private boolean resized;

    /**
     * Makes an encoder with an empty table.
     *
     * @param most octets that the table may have, even if the peer allows more
     */
    public HpackEncoder(int most) {
        this.most = most;
        this.table = new DynamicTable(Math.min(most, INITIAL));
        this.least = table.limit();
        this.resized = most < INITIAL;
    }

    /** The peer allows a table of that many octets (SETTINGS_HEADER_TABLE_SIZE). */
    public void limit(long octets) {
        int limit = (int) Math.min(most, octets);
        if (limit != table.limit()) {
            table.limit(limit);
            least = Math.min(least, limit);
            resized = true;
        }
    }

    /** Begins a block of fields. */
    public void begin(Bytes out) {
        if (resized) {
            resized = false;
            if (least < table.limit()) {
                integer(RESIZED, 5, least, out);
            }
            integer(RESIZED, 5, table.limit(), out);
            least = table.limit();
        }
    }

    /** Adds a field: its name, in lower case, and its value directly behind the name. */
    public void field(byte[] octets, int from, int nameLength, int valueLength, Bytes out) {
        int name = StaticTable.name(octets, from, nameLength);
        int known = name == 0 ? 0 : StaticTable.field(name, octets, from, nameLength, valueLength);
        if (known != 0) {
            integer(INDEXED, 7, known, out);
            return;
        }
        Kind kind = KINDS[name];
        if (kind == Kind.ADDED) {
            int place = table.find(octets, from, nameLength, valueLength);
            if (place >= 0) {
                integer(INDEXED, 7, StaticTable.LAST + 1 + place, out);
                return;
            }
            if (nameLength + valueLength + DynamicTable.OVERHEAD <= table.limit() / LARGE) {
                table.add(octets, from, nameLength, valueLength);
            } else {
                kind = Kind.PLAIN;
            }
        }
        integer(kind.pattern, kind.prefix, name, out);
        if (name == 0) {
            string(octets, from, from + nameLength, out);
        }
        string(octets, from + nameLength, from + nameLength + valueLength, out);
    }

    /** Adds the status of a response, from 100 to 999. */
    public void status(int code, Bytes out) {
        int digits = STATUS.length();
        for (int place = digits - 1, rest = code; place >= digits - 3; place--, rest /= 10) {
            status[place] = (byte) ('0' + rest % 10);
        }
        field(status, 0, digits - 3, 3, out);
    }

    private static void string(byte[] octets, int from, int to, Bytes out) {
        int encoded = Huffman.encodedLength(octets, from, to);
        if (encoded < to - from) {
            integer(0x80, 7, encoded, out);
            Huffman.encode(octets, from, to, out);
        } else {
            integer(0, 7, to - from, out);
            out.add(octets, from, to);
        }
    }

    /** Writes an integer behind the pattern of its first octet. */
    private static void integer(int pattern, int prefix, int value, Bytes out) {
        int most = (1 << prefix) - 1;
        if (value < most) {
            out.add((byte) (pattern | value));
            return;
        }
        out.add((byte) (pattern | most));
        int rest = value - most;
        while (rest >= 0x80) {
            out.add((byte) (rest | 0x80));
            rest >>= 7;
        }
        out.add((byte) rest);
    }
}
