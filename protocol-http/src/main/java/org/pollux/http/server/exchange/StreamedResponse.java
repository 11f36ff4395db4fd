package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a response that comes in pieces. Its first bytes are held back. Until they are sent, it can become a response
 * with a length, or be replaced by another response.
 *
 * <pre>
 *             8 KiB, flush             close
 *   HOLDING ────────────────▶ SENDING ───────▶ OVER
 *      │                                        ▲
 *      ├── close (sent as a whole), drop ───────┤
 *      └── 8 KiB, flush, close (of a response that has no body, as to HEAD: its head is all of it)
 * </pre>
 *
 * <p>It belongs to one response. Once it is OVER, it does not touch the exchange, which later serves another response.
 *
 * <p>All this happens on the loop. Bytes that another thread writes are copied and taken to the loop, in the order in which
 * they were written. The {@link WriteBudget} counts them. It is one file because it is one state machine.
 */
final class StreamedResponse implements ResponseStream {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedResponse.class);

    private enum State {
        HOLDING,
        SENDING,
        OVER
    }

    private static final int HELD = 8 * 1024;

    /** The memory of an encoder outside the heap, about as much as zlib uses. */
    private static final int ENCODER = 256 * 1024;

    private final Lifecycle exchange;
    private final ResponseSender sender;
    private final Carrier carrier;
    private final long length;
    private final Bytes held = new Bytes(0);
    private final Bytes trailers = new Bytes(0);
    private final WriteBudget budget;
    private final Burst burst;
    private final boolean headOnly;
    private volatile boolean open = true;

    /** Whether a flush is on its way to the loop, with nothing written behind it. */
    private volatile boolean flushing;

    private volatile Runnable onDrained = StreamedResponse::nothing;
    private Runnable onClosed = StreamedResponse::nothing;

    private @Nullable Handle ticking;

    /** The callback for a waiting writer. The handler's own callback is separate. */
    private Runnable whenOver = StreamedResponse::nothing;

    /** The callback for a body that has no end of its own. */
    private Runnable whenWoundUp = StreamedResponse::nothing;

    /** For the handler's thread: the stream that it uses instead of this, if any. */
    private @Nullable BlockingOutput output;

    /** The bytes that the handler has written; for its thread. */
    private long given;

    // for the loop's thread
    private volatile State state = State.HOLDING;

    /** The length in the head, once the head was sent. */
    private long told;

    private long sent;
    private int charged;

    StreamedResponse(Lifecycle exchange, ResponseSender sender, Carrier carrier, long length, StreamLoop loop) {
        this.exchange = exchange;
        this.sender = sender;
        this.carrier = carrier;
        this.length = length;
        this.budget = new WriteBudget(carrier, loop.outbound());
        this.burst = new Burst(loop);
        this.headOnly = sender.response().isHeadOnly();
    }

    private static void nothing() {}

    // ---- from any thread

    @Override
    public boolean write(ByteBuffer data) {
        int count = data.remaining();
        boolean onLoop = carrier.inLoop();
        if (onLoop) {
            spend(count);
        }
        if (!open) {
            data.position(data.limit());
            return false;
        }
        if (length != Carrier.UNKNOWN && given + count > length) {
            throw new IllegalStateException((given + count) + " bytes are more than the length of " + length);
        }
        given += count;
        boolean room = isNext() ? take(data) : post(data, count);
        return room && !(onLoop && burst.isSpent());
    }

    /** Whether the loop calls, and nothing that another thread has written is still on its way there. */
    private boolean isNext() {
        return carrier.inLoop() && budget.isEmpty();
    }

    /** Gives other connections their turn, however fast the client and the writer are. */
    private void spend(int count) {
        if (burst.spend(count)) {
            budget.stop();
            carrier.execute(this::goOn);
        }
        if (burst.isBeyondBound()) {
            IllegalStateException fault = new IllegalStateException("The handler has written on and on in one callback,"
                    + " though write returned false: it must stop then, until onDrained");
            end(fault);
            throw fault;
        }
    }

    private void goOn() {
        burst.renew();
        tellDrained();
    }

    private boolean post(ByteBuffer data, int count) {
        ByteBuffer copy = ByteBuffer.allocate(count).put(data).flip();
        boolean room = budget.post(count);
        flushing = false;
        if (budget.isBeyondBound()) {
            budget.arrived(count); // they go nowhere
            abort();
            return false;
        }
        carrier.execute(() -> {
            budget.arrived(count);
            take(copy);
            tellDrained();
        });
        return room;
    }

    @Override
    public void flush() {
        if (carrier.inLoop()) {
            spend(0);
            inOrder(this::flushNow);
        } else if (open && !flushing) {
            flushing = true;
            carrier.execute(() -> {
                flushing = false;
                flushNow();
            });
        }
    }

    @Override
    public ResponseStream onDrained(Runnable callback) {
        onDrained = callback;
        return this;
    }

    @Override
    public ResponseStream onClosed(Runnable callback) {
        carrier.onLoop(() -> {
            if (isRunning()) {
                onClosed = callback;
            } else {
                callback.run();
            }
        });
        return this;
    }

    @Override
    public void execute(Runnable task) {
        carrier.onLoop(() -> callBack(task));
    }

    @Override
    public ResponseStream every(Duration period, Runnable callback) {
        carrier.onLoop(() -> {
            stopTicking();
            if (isRunning()) {
                ticking = carrier.reactor().every(period, _ -> carrier.execute(() -> callBack(callback)));
            }
        });
        return this;
    }

    private void stopTicking() {
        if (ticking != null) {
            ticking.close();
            ticking = null;
        }
    }

    @Override
    public ResponseStream onShutdown(Runnable callback) {
        carrier.onLoop(() -> whenWoundUp(() -> callBack(callback)));
        return this;
    }

    /** Sets a second callback for the end of the response. */
    void whenOver(Runnable callback) {
        carrier.onLoop(() -> {
            whenOver = callback;
            if (!isRunning()) {
                callback.run();
            }
        });
    }

    /** Called on the loop: sets the callback for the moment at which a body without an end of its own must end. */
    void whenWoundUp(Runnable callback) {
        whenWoundUp = callback;
        if (sender.isWindingUp()) {
            callback.run();
        }
    }

    /** Called on the loop: no further request follows on the connection. */
    void windUp() {
        whenWoundUp.run();
    }

    @Override
    public ResponseStream trailer(String name, String value) {
        FieldSyntax.require(name, value);
        trailers.add(name).add(": ").add(value).add("\r\n");
        return this;
    }

    @Override
    public boolean isOpen() {
        return open && state != State.OVER;
    }

    @Override
    public OutputStream outputStream() {
        BlockingOutput opened = new BlockingOutput(this, carrier);
        output = opened;
        return opened;
    }

    /** Closes the stream that a blocking call has left open when it returned. */
    void closeOutput() {
        BlockingOutput opened = output;
        if (opened != null) {
            opened.closeQuietly();
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            inOrder(this::closeNow);
        }
    }

    /** Runs a step on the loop, behind the bytes that are on their way there. */
    private void inOrder(Runnable step) {
        if (isNext()) {
            step.run();
        } else {
            carrier.execute(step);
        }
    }

    @Override
    public void abort() {
        open = false;
        carrier.onLoop(() -> end(new IOException("The handler has given up its response")));
    }

    // ---- on the loop

    /** Whether this is not over. It ends here when its client was lost before the exchange knew this stream. */
    private boolean isRunning() {
        if (state != State.OVER && !exchange.isResponding()) {
            ended();
        }
        return state != State.OVER;
    }

    /** Aborts the response. */
    private void end(Throwable cause) {
        if (isRunning()) {
            exchange.abort(cause);
        }
    }

    private boolean take(ByteBuffer data) {
        if (!isRunning()) {
            data.position(data.limit());
            return false;
        }
        if (state == State.HOLDING && held.size() + data.remaining() <= HELD) {
            held.add(data);
            return true;
        }
        return guarded(() -> {
            begin();
            pass(data);
        });
    }

    private void flushNow() {
        if (isRunning()) {
            boolean _ = guarded(() -> {
                begin();
                if (state == State.SENDING) {
                    sender.interception().flush(this::emit);
                }
            });
        }
    }

    /** Whether there is room afterwards. An exception of an interceptor ends this response. */
    private boolean guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error fault) {
            exchange.handlerFailed(fault);
            return false;
        }
        return state != State.OVER && !budget.isFull();
    }

    /** Sends the head. A response without a body ends with it, so the next request does not wait. */
    private void begin() {
        if (!isRunning() || state != State.HOLDING) {
            return;
        }
        told = sender.beginStream(length);
        state = State.SENDING;
        if (sender.response().isBodyless()) {
            sender.finishStream(trailers, sent);
            return;
        }
        if (sender.interception().encodes()) {
            charged = ENCODER;
            boolean _ = carrier.charge(charged);
        }
        pass(held.content());
    }

    private void pass(ByteBuffer data) {
        if (state == State.OVER) {
            data.position(data.limit());
        } else if (sender.interception().encodes()) {
            sender.interception().encode(data, this::emit);
        } else if (data.hasRemaining()) {
            emit(data);
        }
    }

    private void emit(ByteBuffer data) {
        sent += data.remaining();
        budget.wrote(carrier.write(data));
    }

    /** Begins. Returns whether the body is sent unchanged, so that the bytes of a file need not pass through this process. */
    boolean beginAsItIs() {
        boolean _ = guarded(this::begin);
        return state == State.SENDING
                && told != Carrier.UNKNOWN
                && !sender.interception().encodes();
    }

    /** Sends a part of a file as it is. The file stays open until this returns true, or this is drained or over. */
    boolean transfer(FileChannel file, long from, long count) {
        given += count;
        sent += count;
        budget.wrote(carrier.transfer(file, from, count));
        return !budget.isFull();
    }

    private void closeNow() {
        if (!isRunning()) {
            return;
        }
        boolean announced = length != Carrier.UNKNOWN;
        // for HEAD the length is right although nothing was written
        if (announced && given != length && !headOnly) {
            end(new IOException(given + " bytes were written, fewer than the length of " + length));
        } else if (state == State.HOLDING && trailers.size() == 0 && !(announced && headOnly)) {
            sender.respond(held.content());
        } else {
            boolean _ = guarded(() -> {
                begin();
                if (state == State.SENDING) {
                    sender.interception().finish(this::emit);
                    sender.finishStream(trailers, sent);
                }
            });
        }
    }

    /** The connection has room again. */
    void drained() {
        budget.drained();
        tellDrained();
    }

    private void tellDrained() {
        if (state != State.OVER && budget.takeDrained()) {
            boolean _ = guarded(onDrained);
        }
    }

    private void callBack(Runnable callback) {
        if (isRunning()) {
            boolean _ = guarded(callback);
        }
    }

    /** Drops this for another response; false when something was already sent. */
    boolean drop() {
        if (state != State.HOLDING) {
            return false;
        }
        open = false;
        state = State.OVER;
        return true;
    }

    /** Called on the loop: whether the connection has room. */
    boolean hasRoom() {
        return !budget.isFull();
    }

    /** Whether nothing was sent yet, not even the head. */
    boolean isHolding() {
        return state == State.HOLDING;
    }

    /** Whether the written bytes are counted, but not sent. */
    boolean isHeadOnly() {
        return headOnly;
    }

    /** The number of sent bytes of the body. */
    long sent() {
        return sent;
    }

    /** The response has ended, successfully or not. */
    void ended() {
        open = false;
        state = State.OVER;
        stopTicking();
        held.clear();
        boolean _ = carrier.charge(-charged);
        charged = 0;
        Runnable told = onClosed;
        onClosed = StreamedResponse::nothing;
        onDrained = StreamedResponse::nothing;
        whenWoundUp = StreamedResponse::nothing;
        whenOver.run();
        try {
            told.run();
        } catch (RuntimeException | Error fault) { // the response has ended, and the following steps must still run
            LOG.error("A callback of onClosed failed", fault);
        }
    }
}
