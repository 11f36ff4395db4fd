package org.pollux.http.server.exchange;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Target;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;

/**
 * The insides of a request, as the parser left it: its checked bytes, and a few offsets into them. Strings are made when they
 * are asked for. It serves one request after the other; a handler reaches it by its {@link RequestHandle} only.
 *
 * <p>While the handler's call runs, the bytes are those of the read buffer, and the loop's thread reads them there. Any
 * other thread, and everybody when the call has returned, reads a copy that is made at the first need, under a lock that
 * the loop takes before the buffer is used again: so no thread can meet the bytes of another connection.
 */
final class RequestHead {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The loop's, which alone may look into the read buffer. */
    private @Nullable Thread thread;

    private @Nullable Carrier carrier;
    private ByteBuffer in = NOTHING;
    private int start;
    private int length;
    private int targetStart;
    private int targetEnd;
    private int fieldsStart;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private Method method = Method.UNKNOWN;
    private PathPattern pattern = PathPattern.EVERYTHING;

    /** The bytes in the read buffer, for the loop's thread while the call runs. */
    private @Nullable ByteBuffer view;

    private @Nullable ByteBuffer copy;

    /** For the loop's thread: whether the call has returned. */
    private boolean kept;

    /** Whether the bytes in the read buffer are not to be looked at any more; guarded by this. */
    private boolean ended;

    /** On the loop: takes the head at the buffer's position, which was found whole. */
    void begin(Carrier by, ByteBuffer buffer, HeadLayout head, PathPattern fitted) {
        pattern = fitted;
        thread = Thread.currentThread();
        carrier = by;
        in = buffer;
        start = buffer.position();
        length = head.length();
        targetStart = head.targetStart();
        targetEnd = head.targetEnd();
        fieldsStart = head.fieldsStart();
        version = head.version();
        method = head.method();
        view = null;
        copy = null;
        kept = false;
        ended = false;
    }

    /** On the loop: the handler's call has returned, and the read buffer is going to be used again. */
    void keep() {
        ByteBuffer _ = copied();
        kept = true;
    }

    /**
     * On the loop, once: the response is complete.
     *
     * @param shared whether another thread may be here
     */
    void end(boolean shared) {
        carrier = null;
        if (shared) {
            synchronized (this) {
                ended = true;
            }
        }
    }

    /** On the loop, during the call, before and after the response: for a log. */
    String line() {
        ByteBuffer bytes = kept ? copied() : viewed();
        return Octets.string(bytes, 0, targetEnd);
    }

    // ---- the bytes

    /** The head, which begins at 0. */
    private ByteBuffer bytes() {
        Carrier _ = carrier();
        return Thread.currentThread() == thread && !kept ? viewed() : copied();
    }

    private Carrier carrier() {
        Carrier current = carrier;
        if (current == null) {
            throw new RequestOver();
        }
        return current;
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
            if (ended) {
                throw new RequestOver();
            }
            bytes = ByteBuffer.allocate(length).put(0, in, start, length);
            copy = bytes;
        }
        return bytes;
    }

    // ---- the request line

    String method() {
        Carrier _ = carrier();
        return method == Method.UNKNOWN ? Octets.string(bytes(), 0, targetStart - 1) : method.name();
    }

    String target() {
        return Octets.string(bytes(), targetStart, targetEnd);
    }

    String scheme() {
        return carrier().scheme();
    }

    String path() {
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

    Optional<String> query() {
        ByteBuffer bytes = bytes();
        int mark = Target.pathEnd(bytes, targetStart, targetEnd);
        return mark < targetEnd ? Optional.of(Octets.string(bytes, mark + 1, targetEnd)) : Optional.empty();
    }

    String parameter(String name) {
        return pattern.parameter(name, path())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The path " + pattern + " has no parameter '" + name + "', only " + pattern.names()));
    }

    String version() {
        Carrier _ = carrier();
        return version.toString();
    }

    SocketAddress remote() {
        return carrier().remote();
    }

    SocketAddress local() {
        return carrier().local();
    }

    // ---- the fields

    /** Looked for again each time, because what they are read from changes when the call returns. */
    FieldLines lines() {
        return new FieldLines(bytes(), fieldsStart, length - 2); // without the empty line at the end
    }
}
