package org.pollux.http.wire.frames;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;

/** A block of fields on its way: HEADERS, and the CONTINUATION frames behind it (RFC 9113, section 4.3). */
public final class HeadBlock {

    private final Bytes octets = new Bytes(0);
    private int stream;
    private boolean endsStream;
    private int continuations;

    /** Whether nothing but CONTINUATION may come. */
    public boolean isOpen() {
        return stream != 0;
    }

    /** The stream of the block that is open. */
    public int stream() {
        return stream;
    }

    public boolean endsStream() {
        return endsStream;
    }

    public int continuations() {
        return continuations;
    }

    public int size() {
        return octets.size();
    }

    public void begin(int of, boolean ends, ByteBuffer part) {
        stream = of;
        endsStream = ends;
        continuations = 0;
        octets.clear().add(part);
    }

    public void continueWith(ByteBuffer part) {
        continuations++;
        octets.add(part);
    }

    /** The whole block; valid until the next one begins. */
    public ByteBuffer end() {
        stream = 0;
        return octets.content();
    }

    /** Frees its memory. */
    public void clear() {
        octets.clear();
    }
}
