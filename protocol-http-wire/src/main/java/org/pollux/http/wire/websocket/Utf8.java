package org.pollux.http.wire.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that octets are UTF-8 (RFC 3629) as they come, in pieces that may end inside a character. The first octet that
 * cannot belong to any character is refused.
 */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /** The octets that the present character still needs, and the range of the next one. */
    private int needed;

    private int least;
    private int most;

    void reset() {
        needed = 0;
    }

    /** Whether no character is incomplete. */
    boolean isComplete() {
        return needed == 0;
    }

    /** Whether the range can go on what came before. */
    boolean accept(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (needed == 0) {
                at = skipAscii(octets, at, to);
                if (at < to && !begin(octets[at++] & 0xFF)) {
                    return false;
                }
            } else if (!follow(octets[at++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static int skipAscii(byte[] octets, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && ((long) LONGS.get(octets, at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < to && octets[at] >= 0) {
            at++;
        }
        return at;
    }

    private boolean begin(int octet) {
        least = 0x80;
        most = 0xBF;
        if (octet >= 0xC2 && octet <= 0xDF) {
            needed = 1;
        } else if ((octet & 0xF0) == 0xE0) {
            needed = 2;
            least = octet == 0xE0 ? 0xA0 : least; // a shorter form exists
            most = octet == 0xED ? 0x9F : most; // surrogates
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            needed = 3;
            least = octet == 0xF0 ? 0x90 : least;
            most = octet == 0xF4 ? 0x8F : most; // beyond U+10FFFF
        } else {
            return false;
        }
        return true;
    }

    private boolean follow(int octet) {
        boolean valid = octet >= least && octet <= most;
        needed--;
        least = 0x80;
        most = 0xBF;
        return valid;
    }
}
