package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.stream.Stream;

/** Delimiters of bytes, shared by all connections. */
final class Delimiters {

    /** The longest first. */
    private final byte[][] all;

    /** Whether a delimiter ends with this byte. For most bytes of a stream, this is the only check. */
    private final boolean[] isLast = new boolean[256];

    Delimiters(byte[][] delimiters, int most) {
        if (delimiters.length == 0) {
            throw new IllegalArgumentException("A frame needs a delimiter, but none is given");
        }
        Framing.requireLength("The limit of a frame", most);
        for (byte[] delimiter : delimiters) {
            if (delimiter.length == 0 || delimiter.length > most) {
                throw new IllegalArgumentException("A delimiter must have 1 to " + most
                        + " bytes, which is the limit of a frame, not " + delimiter.length);
            }
            isLast[delimiter[delimiter.length - 1] & 0xff] = true;
        }
        all = Stream.of(delimiters)
                .map(byte[]::clone)
                .sorted(Comparator.comparingInt((byte[] delimiter) -> -delimiter.length))
                .toArray(byte[][]::new);
    }

    /** The length of the longest delimiter that ends with the byte at an index; 0 if there is none. */
    int endingAt(ByteBuffer bytes, int place) {
        if (!isLast[bytes.get(place) & 0xff]) {
            return 0;
        }
        for (byte[] delimiter : all) {
            if (endsAt(bytes, place, delimiter)) {
                return delimiter.length;
            }
        }
        return 0;
    }

    private static boolean endsAt(ByteBuffer bytes, int place, byte[] delimiter) {
        int begin = place + 1 - delimiter.length;
        if (begin < bytes.position()) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (bytes.get(begin + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }
}
