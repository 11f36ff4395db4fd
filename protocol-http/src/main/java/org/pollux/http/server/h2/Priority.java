package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The priority of a response (RFC 9218, section 4): urgent ones first, and of the same urgency one after the other unless
 * pieces of each are of use. A client that says nothing gets pieces of each, so that many downloads share a connection
 * fairly (RFC 9218, section 10, leaves that to the server).
 *
 * @param urgency from 0, the most urgent, to 7
 * @param incremental whether it shares its turn with others of the same urgency
 */
record Priority(int urgency, boolean incremental) {

    static final int LEVELS = 8;

    private static final int USUAL = 3;

    /** Of a request that says nothing. */
    static final Priority NONE = new Priority(USUAL, true);

    /**
     * Reads the value of the field {@code Priority}. Parameters that are unknown or malformed are ignored, because a priority
     * is a hint.
     */
    static Priority of(byte[] octets, int from, int to) {
        int urgency = USUAL;
        boolean incremental = false;
        String text = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        for (String parameter : text.split(",", -1)) {
            int attributes = parameter.indexOf(';');
            String name = (attributes < 0 ? parameter : parameter.substring(0, attributes)).strip();
            if (name.startsWith("u=") && name.length() == 3 && name.charAt(2) >= '0' && name.charAt(2) < '0' + LEVELS) {
                urgency = name.charAt(2) - '0';
            } else if (name.equals("i") || name.equals("i=?1")) {
                incremental = true;
            } else if (name.equals("i=?0")) {
                incremental = false;
            }
        }
        return new Priority(urgency, incremental);
    }

    /** Reads the rest of a buffer, in PRIORITY_UPDATE. */
    static Priority of(ByteBuffer in) {
        byte[] octets = new byte[in.remaining()];
        in.get(octets);
        return of(octets, 0, octets.length);
    }
}
