package org.pollux.http.wire.hpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields that every peer knows (RFC 7541, appendix A), by their indices from 1 to 61. */
final class StaticTable {

    /** In their order. A name without a colon behind it has an empty value. */
    private static final String FIELDS = """
            :authority
            :method: GET
            :method: POST
            :path: /
            :path: /index.html
            :scheme: http
            :scheme: https
            :status: 200
            :status: 204
            :status: 206
            :status: 304
            :status: 400
            :status: 404
            :status: 500
            accept-charset
            accept-encoding: gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate
            """;

    private static final int SLOTS = 256;

    /** The octets of all fields. */
    static final byte[] OCTETS;

    static final int LAST;
    private static final int[] STARTS;
    private static final int[] NAME_LENGTHS;
    private static final int[] VALUE_LENGTHS;

    /** The first index of each name, in a hash table with open addressing. */
    private static final byte[] FIRST = new byte[SLOTS];

    static {
        List<String> lines = FIELDS.lines().toList();
        LAST = lines.size();
        STARTS = new int[LAST + 1];
        NAME_LENGTHS = new int[LAST + 1];
        VALUE_LENGTHS = new int[LAST + 1];
        StringBuilder all = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int index = 1; index <= LAST; index++) {
            String[] field = lines.get(index - 1).split(": ", 2);
            STARTS[index] = all.length();
            NAME_LENGTHS[index] = field[0].length();
            VALUE_LENGTHS[index] = field.length == 1 ? 0 : field[1].length();
            all.append(String.join("", field));
            names.add(field[0]);
        }
        OCTETS = all.toString().getBytes(StandardCharsets.US_ASCII);
        for (int index = 1; index <= LAST; index++) {
            if (names.indexOf(names.get(index - 1)) == index - 1) {
                int slot = hash(OCTETS, STARTS[index], NAME_LENGTHS[index]);
                while (FIRST[slot] != 0) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                FIRST[slot] = (byte) index;
            }
        }
    }

    private StaticTable() {}

    static int start(int index) {
        return STARTS[index];
    }

    static int nameLength(int index) {
        return NAME_LENGTHS[index];
    }

    static int valueLength(int index) {
        return VALUE_LENGTHS[index];
    }

    /** A cheap hash: the length and a few octets differ for nearly all names. */
    private static int hash(byte[] octets, int from, int length) {
        return length == 0 ? 0 : (length * 31 + octets[from] * 7 + octets[from + length - 1] * 13) & (SLOTS - 1);
    }

    /** The first index with that name; 0 when there is none. */
    static int name(byte[] octets, int from, int length) {
        int slot = hash(octets, from, length);
        while (FIRST[slot] != 0) {
            if (hasName(FIRST[slot], octets, from, length)) {
                return FIRST[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    /**
     * The index of the field with that value, whose name is directly in front of the value.
     *
     * @param first the first index with that name
     * @return 0 when there is none
     */
    static int field(int first, byte[] octets, int from, int nameLength, int valueLength) {
        for (int index = first; index <= LAST && hasName(index, octets, from, nameLength); index++) {
            if (VALUE_LENGTHS[index] == valueLength
                    && equal(STARTS[index] + nameLength, octets, from + nameLength, valueLength)) {
                return index;
            }
        }
        return 0;
    }

    private static boolean hasName(int index, byte[] octets, int from, int length) {
        return NAME_LENGTHS[index] == length && equal(STARTS[index], octets, from, length);
    }

    private static boolean equal(int start, byte[] octets, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (OCTETS[start + i] != octets[from + i]) {
                return false;
            }
        }
        return true;
    }
}
