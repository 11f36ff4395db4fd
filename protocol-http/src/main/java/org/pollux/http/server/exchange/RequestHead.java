package org.pollux.http.server.exchange;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Tls;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Target;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;

/**
 * The insides of a request, as the parser left it: its checked bytes, and a few offsets into them. Strings are created on
 * demand. It serves one request after the other. A handler uses it only through its {@link RequestHandle}.
 *
 * <p>During the handler's call, the loop's thread reads the bytes in the read buffer. Any other thread, and every thread
 * after the call, reads a copy. The copy is made when it is first needed, under a lock that the loop takes before it reuses
 * the buffer. So no thread can see the bytes of another connection.
 */
final class RequestHead {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The loop's thread. Only this thread may read the read buffer. */
    private @Nullable Thread thread;

    private @Nullable Carrier carrier;
    private ByteBuffer in = NOTHING;
    private int start;
    private int length;
    private int targetStart;
    private int targetEnd;
    private int fieldsStart;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private boolean upgradable;
    private Method method = Method.UNKNOWN;
    private PathPattern pattern = PathPattern.EVERYTHING;

    /** The bytes in the read buffer, for the loop's thread while the call runs. */
    private @Nullable ByteBuffer view;

    private @Nullable ByteBuffer copy;

    /** For the loop's thread: whether the call has returned. */
    private boolean kept;

    /** Whether the bytes in the read buffer must not be read any more; guarded by this. */
    private boolean ended;

    /** Called on the loop: begins with the complete head at the buffer's position. */
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
        upgradable = head.isUpgradable();
        method = head.method();
        view = null;
        copy = null;
        kept = false;
        ended = false;
    }

    /** Called on the loop: the handler's call has returned, and the read buffer is about to be reused. */
    void keep() {
        ByteBuffer _ = copied();
        view = null;
        kept = true;
    }

    /**
     * Called on the loop, once: the response is complete.
     *
     * @param shared whether another thread may use this
     */
    void end(boolean shared) {
        carrier = null;
        if (shared) {
            synchronized (this) {
                ended = true;
            }
        }
    }

    /** The request line for a log. Called on the loop, during the call, before and after the response. */
    String line() {
        ByteBuffer bytes = kept ? copied() : viewed();
        return Octets.string(bytes, 0, targetEnd);
    }

    // ---- the bytes

    /** The bytes of the head; it begins at 0. */
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

    Optional<Tls> tls() {
        return carrier()
                .tls()
                .map(info -> new Tls(
                        info.version().toString(),
                        info.cipherSuite(),
                        Optional.ofNullable(info.serverName()),
                        info.peerChain()));
    }

    String path() {
        ByteBuffer bytes = bytes();
        int from = Target.pathStart(bytes, targetStart, targetEnd);
        if (from < 0) {
            return target(); // an asterisk or an authority, seen by filters only
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

    long connection() {
        return carrier().connection();
    }

    SocketAddress remote() {
        return carrier().remote();
    }

    SocketAddress local() {
        return carrier().local();
    }

    boolean offersUpgrade(String protocol) {
        Carrier _ = carrier();
        return upgradable
                && lines().all("Upgrade").stream()
                        .flatMap(names -> Stream.of(names.split(",", -1)))
                        .anyMatch(name -> name.strip().equalsIgnoreCase(protocol));
    }

    // ---- the fields

    /** The field lines. They are located at each call, because the bytes move when the handler's call returns. */
    FieldLines lines() {
        return new FieldLines(bytes(), fieldsStart, length - 2); // without the empty line at the end
    }
}
