package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;

/** A block of fields on its way: HEADERS, and the CONTINUATION frames behind it (RFC 9113, section 4.3). */
final class HeadBlock {

    private final Bytes octets = new Bytes(0);
    private int stream;
    private boolean endsStream;
    private int continuations;

    /** Whether nothing but CONTINUATION may come. */
    boolean isOpen() {
        return stream != 0;
    }

    /** The stream of the block that is open. */
    int stream() {
        return stream;
    }

    boolean endsStream() {
        return endsStream;
    }

    int continuations() {
        return continuations;
    }

    int size() {
        return octets.size();
    }

    void begin(int of, boolean ends, ByteBuffer part) {
        stream = of;
        endsStream = ends;
        continuations = 0;
        octets.clear().add(part);
    }

    void continueWith(ByteBuffer part) {
        continuations++;
        octets.add(part);
    }

    /** The whole block; valid until the next one begins. */
    ByteBuffer end() {
        stream = 0;
        return octets.content();
    }

    /** Frees its memory. */
    void clear() {
        octets.clear();
    }
}
