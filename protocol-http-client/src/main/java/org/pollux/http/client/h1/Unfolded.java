package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;

/**
 * Field lines in today's form: each ends in CRLF, and a folded line becomes one line with spaces (RFC 9112,
 * sections 2.2 and 5.2).
 */
final class Unfolded {

    private Unfolded() {}

    /** Rewrites lines that each end in LF. The first one is not folded. */
    static FieldLines lines(ByteBuffer in, int from, int to) {
        Bytes lines = new Bytes(to - from);
        for (int line = from; line < to; ) {
            int lf = Octets.findLineFeed(in, line, to);
            int end = in.get(lf - 1) == Octets.CR ? lf - 1 : lf;
            int text = Octets.skipBlanks(in, line, end);
            if (text > line) {
                Octets.fold(lines.content());
                lines.add((byte) ' ');
            }
            lines.add(in.slice(text, end - text)).add(Octets.CR).add(Octets.LF);
            line = lf + 1;
        }
        return new FieldLines(lines.content(), 0, lines.size());
    }
}
