package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;
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

    private final RequestBody body;
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
    private PathPattern pattern = PathPattern.EVERYTHING;

    /** The bytes in the read buffer, for the loop's thread while the call runs. */
    private @Nullable ByteBuffer view;

    private @Nullable ByteBuffer copy;

    /** For the loop's thread: whether the call has returned. */
    private boolean kept;

    RequestHead(RequestBody body) {
        this.body = body;
    }

    /** On the loop: takes the head at the buffer's position, which the parser has found whole. */
    void begin(Connection from, ByteBuffer buffer, HeadParser head, PathPattern fitted) {
        pattern = fitted;
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

    /** On the loop, once: the answer has ended. */
    void end() {
        connection = null;
        turn.setRelease(turn.getPlain() + 1);
    }

    /** On the loop, during the call, answered or not: for a log. */
    String line() {
        ByteBuffer bytes = kept ? copied() : viewed();
        return Octets.string(bytes, 0, targetEnd);
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
        return new IllegalStateException(
                "The request is over: read what is needed of it before the answer is complete");
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
        return method == Method.UNKNOWN ? Octets.string(bytes(), 0, targetStart - 1) : method.name();
    }

    @Override
    public String target() {
        return Octets.string(bytes(), targetStart, targetEnd);
    }

    @Override
    public String scheme() {
        connection();
        return "http";
    }

    @Override
    public String authority() {
        return HostName.authority(this);
    }

    @Override
    public String path() {
        ByteBuffer bytes = bytes();
        int from = Target.pathStart(bytes, targetStart, targetEnd);
        if (from < 0) {
            return target(); // an asterisk or an authority, which only filters see
        }
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
        return pattern.parameter(name, path())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The path " + pattern + " has no parameter '" + name + "', only " + pattern.names()));
    }

    @Override
    public RequestBody body() {
        connection();
        return body;
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

    /** Looked for anew each time, because what they are read from changes when the call returns. */
    private FieldLines lines() {
        return new FieldLines(bytes(), fieldsStart, length - 2); // without the empty line at the end
    }

    @Override
    public Optional<String> first(String name) {
        return lines().first(name);
    }

    @Override
    public List<String> all(String name) {
        return lines().all(name);
    }

    @Override
    public Iterator<Header> iterator() {
        return lines().iterator();
    }
}
