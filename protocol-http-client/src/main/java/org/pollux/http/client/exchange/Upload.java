package org.pollux.http.client.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpRequestBody;
import org.pollux.http.client.HttpRequestStream;

/**
 * The body of a request on its way to one wire. The producer writes, from any thread; the wire takes pieces, on the loop's
 * thread, as far as the server and the system take them.
 *
 * <pre>
 *   HELD ──go──▶ OPEN ──the producer closes──▶ WHOLE ──the wire has taken all──▶ sent
 *     │           │                              │
 *     └───────────┴──────────── stop ────────────┴──▶ STOPPED: the server gets no more of it
 * </pre>
 *
 * <p>A body that ends before its announced length, or beyond it, fails its call, so that no server takes it for whole.
 */
public final class Upload implements HttpRequestStream {

    /** A wire that sends a body. */
    @FunctionalInterface
    public interface Outlet {

        /** There are bytes, or the end: sends as much as it can. */
        void send();
    }

    private enum State {
        HELD,
        OPEN,
        WHOLE,
        STOPPED
    }

    /** Bytes that may wait before the producer is held back. */
    private static final int HIGH = 64 * 1024;

    private static final int HARD_LIMIT = 16 << 20;

    private final ClientLoop loop;
    private final Call call;
    private final Outlet outlet;
    private final HttpRequestBody body;
    private final long announced;
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final List<Header> trailers = new ArrayList<>(0);

    /** Bytes that the producer has written, and that the wire has not taken. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile State state = State.HELD;

    /** Whether the producer waits for {@code onDrained}. */
    private volatile boolean starved;

    private long written;
    private long taken;
    private Runnable onDrained = () -> {};
    private @Nullable Runnable onClosed;

    Upload(ClientLoop loop, Call call, HttpRequestBody body, Outlet outlet) {
        this.loop = loop;
        this.call = call;
        this.outlet = outlet;
        this.body = body;
        this.announced = body.length().orElse(-1);
    }

    // ---- for the call

    boolean isHeld() {
        return state == State.HELD;
    }

    /** The producer begins. */
    void go() {
        if (state != State.HELD) {
            return;
        }
        state = State.OPEN;
        if (announced == 0) {
            close();
            return;
        }
        try {
            body.open(this);
        } catch (IOException | RuntimeException e) {
            abort(e);
        }
    }

    /** No more of the body is sent. */
    void stop() {
        if (state != State.STOPPED) {
            boolean told = state == State.WHOLE;
            state = State.STOPPED;
            pieces.clear();
            waiting.set(0);
            if (!told) {
                closed();
            }
        }
    }

    // ---- for the wire

    /** Whether bytes wait. */
    public boolean hasBytes() {
        return !pieces.isEmpty();
    }

    /** The next piece, of at most that many bytes; valid during this callback. There are bytes. */
    public ByteBuffer next(int most) {
        ByteBuffer first = pieces.getFirst();
        int count = Math.min(most, first.remaining());
        ByteBuffer piece = first.slice(first.position(), count);
        first.position(first.position() + count);
        if (!first.hasRemaining()) {
            pieces.removeFirst();
        }
        taken += count;
        waiting.addAndGet(-count);
        if (starved && pieces.isEmpty()) {
            starved = false;
            loop.later(this::drained);
        }
        return piece;
    }

    /** Whether the wire has taken all bytes, and there will be no others: the trailers come now. */
    public boolean isAtEnd() {
        return pieces.isEmpty() && (state == State.WHOLE || (state == State.OPEN && taken == announced));
    }

    /** Whether the producer has the turn: neither bytes nor the end wait for the server. */
    public boolean isWaitedFor() {
        return state == State.OPEN && pieces.isEmpty() && taken != announced;
    }

    /** The fields behind the body. */
    public List<Header> trailers() {
        return trailers;
    }

    /** Whether the length is known, and written in the head. */
    public boolean hasLength() {
        return announced >= 0;
    }

    // ---- HttpRequestStream

    @Override
    public boolean write(ByteBuffer data) {
        int count = data.remaining();
        if (state != State.OPEN || count == 0) {
            data.position(data.limit());
            return state == State.OPEN;
        }
        int all = waiting.addAndGet(count);
        if (all > HARD_LIMIT) { // here, because a copy would wait for a busy loop, however many there are
            waiting.addAndGet(-count);
            data.position(data.limit());
            abort(new IOException("its producer does not wait until bytes are taken"));
            return false;
        }
        boolean few = all <= HIGH;
        if (loop.reactor().inLoop()) {
            accept(data, count);
            few = waiting.get() <= HIGH;
            starved = !few;
        } else {
            starved = starved || !few;
            ByteBuffer copy = copy(data);
            loop.later(() -> accept(copy, count));
        }
        data.position(data.limit());
        return few && state == State.OPEN;
    }

    /** Passes bytes on. What the wire does not take now is copied, unless it belongs to this. */
    private void accept(ByteBuffer data, int count) {
        if (state != State.OPEN) {
            return;
        }
        written += count;
        if (announced >= 0 && written > announced) {
            abort(new IOException("it has more bytes than the " + announced + " that it announced"));
            return;
        }
        ByteBuffer piece = data.slice();
        pieces.addLast(piece);
        outlet.send();
        if (piece.hasRemaining() && !pieces.isEmpty()) {
            pieces.removeLast();
            pieces.addLast(copy(piece));
        }
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
    }

    private void drained() {
        if (state == State.OPEN) {
            try {
                onDrained.run();
            } catch (RuntimeException e) {
                abort(e);
            }
        }
    }

    @Override
    public HttpRequestStream onDrained(Runnable callback) {
        loop.onLoop(() -> onDrained = callback);
        return this;
    }

    @Override
    public HttpRequestStream onClosed(Runnable callback) {
        loop.onLoop(() -> {
            onClosed = callback;
            if (state == State.WHOLE || state == State.STOPPED) {
                closed();
            }
        });
        return this;
    }

    /** Calls the callback once, never inside another callback. */
    private void closed() {
        Runnable callback = onClosed;
        onClosed = null;
        if (callback != null) {
            loop.later(callback);
        }
    }

    @Override
    public HttpRequestStream trailer(String name, String value) {
        if (announced >= 0) {
            throw new IllegalStateException(
                    "a body of known length has no trailers: its length() must be empty for " + name);
        }
        Header field = new Header(name, value);
        HttpRequest.requireAllowed(field);
        loop.onLoop(() -> trailers.add(field));
        return this;
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public void close() {
        loop.onLoop(() -> {
            if (state != State.OPEN) {
                return;
            }
            if (written < announced) {
                abort(new IOException("it ended after " + written + " of " + announced + " bytes"));
                return;
            }
            state = State.WHOLE;
            closed();
            outlet.send();
        });
    }

    @Override
    public void abort(Throwable cause) {
        loop.onLoop(() -> {
            if (state == State.OPEN) {
                stop();
                loop.later(() -> call.failBody(cause)); // not inside a callback of the wire
            }
        });
    }
}
