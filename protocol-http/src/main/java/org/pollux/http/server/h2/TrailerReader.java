package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.frames.FieldRules;
import org.pollux.http.wire.hpack.FieldSink;

/** Writes out and checks the fields behind a body, or throws the fields away of a head that nobody waits for. */
final class TrailerReader implements FieldSink {

    private static final int OVERHEAD = 32;

    private final HeadLimits limits;
    private final Bytes lines = new Bytes(0);
    private boolean malformed;
    private int size;
    private int fields;

    TrailerReader(HeadLimits limits) {
        this.limits = limits;
    }

    void reset() {
        lines.clear();
        malformed = false;
        size = 0;
        fields = 0;
    }

    @Override
    public void field(byte[] octets, int from, int nameLength, int valueLength) {
        int value = from + nameLength;
        int end = value + valueLength;
        size += nameLength + valueLength + OVERHEAD;
        fields++;
        if (isTooLarge() || malformed) {
            return;
        }
        malformed = !FieldRules.isName(octets, from, value)
                || !FieldRules.isValue(octets, value, end)
                || FieldRules.isOfConnection(octets, from, value);
        lines.add(octets, from, value).add(": ").add(octets, value, end).add("\r\n");
    }

    boolean isMalformed() {
        return malformed;
    }

    /** Whether there are more of them than the server's limit, or longer ones. */
    boolean isTooLarge() {
        return size > limits.head() || fields > limits.fields();
    }

    /** A copy of them. */
    FieldLines copy() {
        if (lines.size() == 0) {
            return FieldLines.NONE;
        }
        ByteBuffer copy = ByteBuffer.allocate(lines.size()).put(lines.content());
        return new FieldLines(copy, 0, copy.capacity());
    }
}
