package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.reactor.Connection;

/**
 * A request as the parser left it: its checked bytes, and a few places in them. Strings are made when they are asked for.
 *
 * <p>While the handler's call runs, the bytes are those of the read buffer, and the loop's thread reads them there. Any
 * other thread, and everybody when the call has returned, reads a copy that is made at the first need: so no thread can
 * meet a buffer that the loop is using for another connection already. {@link #turn} changes when a request begins and
 * when it ends, which shows a thread that came too late that it did.
 */
final class RequestHead implements Request, Headers {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AtomicInteger turn = new AtomicInteger();
    private @Nullable Connection connection;
    private ByteBuffer in = NOTHING;
    private int start;
    private int length;
    private int targetStart;
    private int targetEnd;
    private int fieldsStart;
    private int minorVersion;
    private Method method = Method.UNKNOWN;

    /** The bytes in the read buffer, for the loop's thread while the call runs. */
    private @Nullable ByteBuffer view;

    private @Nullable ByteBuffer copy;

    /** For the loop's thread: whether the call has returned. */
    private boolean kept;

    /** On the loop: takes the head at the buffer's position, which the parser has found whole. */
    void begin(Connection from, ByteBuffer buffer, HeadParser head) {
        connection = from;
        in = buffer;
        start = buffer.position();
        length = head.length();
        targetStart = head.targetStart();
        targetEnd = head.targetEnd();
        fieldsStart = head.fieldsStart();
        minorVersion = head.minorVersion();
        method = head.method();
        view = null;
        copy = null;
        kept = false;
        turn.setRelease(turn.getPlain() + 1);
    }

    /** On the loop: the handler's call has returned, and the read buffer is going to be used again. */
    void keep() {
        copied();
        kept = true;
    }

    /** From any thread, once: the answer is given. */
    void end() {
        connection = null;
        turn.setRelease(turn.getPlain() + 1);
    }

    /** On the loop, during the call, answered or not: for a log. */
    String line() {
        return method + " " + Octets.string(viewed(), targetStart, targetEnd);
    }

    // ---- the bytes

    /** The head, which begins at 0. */
    private ByteBuffer bytes() {
        int now = turn.get();
        boolean inCall = connection().reactor().inLoop() && !kept;
        ByteBuffer bytes = inCall ? viewed() : copied();
        if (turn.get() != now) {
            throw over();
        }
        return bytes;
    }

    private Connection connection() {
        Connection current = connection;
        if (current == null) {
            throw over();
        }
        return current;
    }

    private static IllegalStateException over() {
        return new IllegalStateException("The request is over: read what is needed of it before it is answered");
    }

    private ByteBuffer viewed() {
        ByteBuffer bytes = view;
        if (bytes == null) {
            bytes = in.slice(start, length);
            view = bytes;
        }
        return bytes;
    }

    private synchronized ByteBuffer copied() {
        ByteBuffer bytes = copy;
        if (bytes == null) {
            bytes = ByteBuffer.allocate(length).put(0, in, start, length);
            copy = bytes;
        }
        return bytes;
    }

    // ---- the request line

    @Override
    public String method() {
        connection();
        return method.name(); // handlers are offered known ones only
    }

    @Override
    public String target() {
        return Octets.string(bytes(), targetStart, targetEnd);
    }

    @Override
    public String path() {
        ByteBuffer bytes = bytes();
        int from = Target.pathStart(bytes, targetStart, targetEnd);
        int to = Target.pathEnd(bytes, from, targetEnd);
        return Target.isPlain(bytes, from, to)
                ? Octets.string(bytes, from, to)
                : Target.path(bytes, from, to).orElseThrow();
    }

    @Override
    public Optional<String> query() {
        ByteBuffer bytes = bytes();
        int mark = Target.pathEnd(bytes, targetStart, targetEnd);
        return mark < targetEnd && bytes.get(mark) == '?'
                ? Optional.of(Octets.string(bytes, mark + 1, Target.queryEnd(bytes, mark, targetEnd)))
                : Optional.empty();
    }

    @Override
    public String parameter(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RequestBody body() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String version() {
        connection();
        return minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    @Override
    public SocketAddress remote() {
        return connection().remote();
    }

    @Override
    public SocketAddress local() {
        return connection().local();
    }

    // ---- the fields

    @Override
    public Headers headers() {
        return this;
    }

    @Override
    public Optional<String> first(String name) {
        ByteBuffer bytes = bytes();
        int line = find(bytes, fieldsStart, name);
        return line < 0 ? Optional.empty() : Optional.of(value(bytes, line));
    }

    @Override
    public List<String> all(String name) {
        ByteBuffer bytes = bytes();
        List<String> values = new ArrayList<>();
        int line = find(bytes, fieldsStart, name);
        while (line >= 0) {
            values.add(value(bytes, line));
            line = find(bytes, next(bytes, line), name);
        }
        return values;
    }

    @Override
    public Iterator<Header> iterator() {
        ByteBuffer bytes = bytes();
        List<Header> all = new ArrayList<>();
        for (int line = fieldsStart; bytes.get(line) != Octets.CR; line = next(bytes, line)) {
            all.add(new Header(Octets.string(bytes, line, nameEnd(bytes, line)), value(bytes, line)));
        }
        return all.iterator();
    }

    /** The next line with that name, from one line's start on; -1 when there is none. */
    private static int find(ByteBuffer bytes, int from, String name) {
        for (int line = from; bytes.get(line) != Octets.CR; line = next(bytes, line)) {
            if (Octets.equalsIgnoreCase(bytes, line, nameEnd(bytes, line), name)) {
                return line;
            }
        }
        return -1;
    }

    private static int nameEnd(ByteBuffer bytes, int line) {
        return Octets.skip(Octets.TOKEN, bytes, line, bytes.limit());
    }

    private static int lineEnd(ByteBuffer bytes, int line) {
        return Octets.skip(Octets.TEXT, bytes, line, bytes.limit());
    }

    private static int next(ByteBuffer bytes, int line) {
        return lineEnd(bytes, line) + 2;
    }

    private static String value(ByteBuffer bytes, int line) {
        int end = lineEnd(bytes, line);
        int from = Octets.skipBlanks(bytes, nameEnd(bytes, line) + 1, end);
        return Octets.string(bytes, from, Octets.trimBlanks(bytes, from, end));
    }
}
