package org.pollux.http.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;
import org.pollux.http.Headers;

/**
 * Field lines that are known to be well-formed, each with its CRLF, as bytes; strings are made when they are asked for.
 *
 * @param bytes position and limit do not matter
 * @param from the start of the first line
 * @param to the end of the last
 */
public record FieldLines(ByteBuffer bytes, int from, int to) implements Headers {

    public static final FieldLines NONE = new FieldLines(ByteBuffer.allocate(0), 0, 0);

    /** The same lines in memory of their own. */
    public FieldLines copy() {
        int length = to - from;
        return length == 0 ? NONE : new FieldLines(ByteBuffer.allocate(length).put(0, bytes, from, length), 0, length);
    }

    @Override
    public Optional<String> first(String name) {
        int line = find(from, name);
        return line < 0 ? Optional.empty() : Optional.of(value(line));
    }

    @Override
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int line = find(from, name); line >= 0; line = find(next(line), name)) {
            values.add(value(line));
        }
        return values;
    }

    @Override
    public Iterator<Header> iterator() {
        List<Header> all = new ArrayList<>();
        for (int line = from; line < to; line = next(line)) {
            all.add(new Header(Octets.string(bytes, line, nameEnd(line)), value(line)));
        }
        return all.iterator();
    }

    /** The next line with that name, from one line's start on; -1 when there is none. */
    public int find(int start, String name) {
        for (int line = start; line < to; line = next(line)) {
            int end = line + name.length();
            if (end < to && bytes.get(end) == ':' && Octets.equalsIgnoreCase(bytes, line, end, name)) {
                return line;
            }
        }
        return -1;
    }

    public int next(int line) {
        return Octets.findLineFeed(bytes, line, to) + 1;
    }

    private int nameEnd(int line) {
        return Octets.skip(Octets.TOKEN, bytes, line, to);
    }

    private String value(int line) {
        return Octets.trimmed(bytes, nameEnd(line) + 1, next(line) - 2);
    }
}
