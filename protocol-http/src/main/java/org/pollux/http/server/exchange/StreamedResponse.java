package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.h1.BodyFraming;
import org.pollux.http.server.h1.Http1Conversation;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.wire.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of an answer that comes in pieces. Its first bytes are held back: then it can still become an answer with a
 * length, or make way for another.
 *
 * <pre>
 *             8 KiB, flush             close
 *   HOLDING ────────────────▶ SENDING ───────▶ OVER
 *      │                                        ▲
 *      ├── close (sent as a whole), drop ───────┤
 *      └── 8 KiB, flush, close (of a response that has no body, as to HEAD: its head is all of it)
 * </pre>
 *
 * <p>It belongs to one response. What it knows of the exchange, which serves another one later, it leaves alone once it is
 * OVER.
 *
 * <p>All this happens on the loop. What another thread writes is copied and taken there, in the order in which it was
 * written; the {@link WriteBudget} counts it.
 */
public final class StreamedResponse implements ResponseStream {

    public static final long UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(StreamedResponse.class);

    private enum State {
        HOLDING,
        SENDING,
        OVER
    }

    private static final int HELD = 8 * 1024;

    /** What an encoder takes, outside of the heap: about as much as zlib's. */
    private static final int ENCODER = 256 * 1024;

    private final Http1Conversation conversation;
    private final Exchange exchange;
    private final long length;
    private final Bytes held = new Bytes(0);
    private final Bytes trailers = new Bytes(0);
    private final WriteBudget backlog;
    private final Burst burst;
    private final boolean headOnly;
    private volatile boolean open = true;

    /** Whether a flush is on its way to the loop, with nothing written behind it. */
    private volatile boolean flushing;

    private volatile Runnable onDrained = StreamedResponse::nothing;
    private Runnable onClosed = StreamedResponse::nothing;

    /** What a writer that waits hears, apart from what his handler has set. */
    private Runnable whenOver = StreamedResponse::nothing;

    /** For the handler's thread: the stream that it uses instead of this, if it does. */
    private @Nullable BlockingOutput output;

    /** What the handler has written; for its thread. */
    private long given;

    // for the loop's thread
    private volatile State state = State.HOLDING;
    private BodyFraming framing = BodyFraming.NONE;
    private long sent;
    private int charged;

    StreamedResponse(Http1Conversation conversation, Exchange exchange, long length) {
        this.conversation = conversation;
        this.exchange = exchange;
        this.length = length;
        this.backlog = new WriteBudget(conversation.output());
        this.burst = new Burst(conversation.loop());
        this.headOnly = exchange.answer().isHeadOnly();
    }

    private static void nothing() {}

    // ---- from any thread

    @Override
    public boolean write(ByteBuffer data) {
        int count = data.remaining();
        boolean onLoop = conversation.inLoop();
        if (onLoop) {
            spend(count);
        }
        if (!open) {
            data.position(data.limit());
            return false;
        }
        if (length != UNKNOWN && given + count > length) {
            throw new IllegalStateException((given + count) + " bytes are more than the length of " + length);
        }
        given += count;
        return onLoop ? take(data) && !burst.isSpent() : post(data, count);
    }

    /** Lets the others have their turn, however fast the client is and whatever the writer does. */
    private void spend(int count) {
        if (burst.spend(count)) {
            backlog.stop();
            conversation.execute(this::goOn);
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
        boolean room = backlog.post(count);
        flushing = false;
        if (backlog.isBeyondBound()) {
            abort();
            return false;
        }
        conversation.execute(() -> {
            backlog.arrived(count);
            take(copy);
            tellDrained();
        });
        return room;
    }

    @Override
    public void flush() {
        if (conversation.inLoop()) {
            spend(0);
            flushNow();
        } else if (open && !flushing) {
            flushing = true;
            conversation.execute(() -> {
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
        conversation.onLoop(() -> {
            if (state == State.OVER) {
                callback.run();
            } else {
                onClosed = callback;
            }
        });
        return this;
    }

    /** Sets what else is called when it is over. */
    void whenOver(Runnable callback) {
        conversation.onLoop(() -> {
            whenOver = callback;
            if (state == State.OVER) {
                callback.run();
            }
        });
    }

    @Override
    public ResponseStream trailer(String name, String value) {
        FieldSyntax.requireName(name);
        FieldSyntax.requireValue(name, value);
        trailers.add(name).add(": ").add(value).add("\r\n");
        return this;
    }

    @Override
    public boolean isOpen() {
        return open && state != State.OVER;
    }

    @Override
    public OutputStream outputStream() {
        BlockingOutput opened = new BlockingOutput(this, conversation);
        output = opened;
        return opened;
    }

    /** Closes what a call that has returned has left open, if it was a stream for one that blocks. */
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
            conversation.onLoop(this::closeNow);
        }
    }

    @Override
    public void abort() {
        open = false;
        conversation.onLoop(() -> end(new IOException("The handler has given up its response")));
    }

    // ---- on the loop

    /** Cuts the response. */
    private void end(Throwable cause) {
        if (state != State.OVER) {
            conversation.cut(exchange, cause);
        }
    }

    private boolean take(ByteBuffer data) {
        if (state == State.OVER) {
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
        if (state != State.OVER) {
            boolean _ = guarded(() -> {
                begin();
                if (state == State.SENDING) {
                    exchange.interception().flush(this::emit);
                }
            });
        }
    }

    /** Whether there is room afterwards; what an interceptor throws ends this answer. */
    private boolean guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error fault) {
            conversation.handlerFailed(exchange, fault);
            return false;
        }
        return state != State.OVER && !backlog.isFull();
    }

    /** Sends the head. Where there is no body, that is all, and the next request is not kept waiting. */
    private void begin() {
        if (state == State.HOLDING) {
            framing = conversation.begin(exchange, length);
            state = State.SENDING;
            if (framing == BodyFraming.NONE) {
                conversation.finish(exchange, framing, trailers, sent);
                return;
            }
            if (exchange.interception().encodes()) {
                charged = ENCODER;
                boolean _ = conversation.charge(charged);
            }
            pass(held.content());
        }
    }

    private void pass(ByteBuffer data) {
        if (state == State.OVER) {
            data.position(data.limit());
        } else if (exchange.interception().encodes()) {
            exchange.interception().encode(data, this::emit);
        } else if (data.hasRemaining()) {
            emit(data);
        }
    }

    private void emit(ByteBuffer data) {
        sent += data.remaining();
        backlog.wrote(conversation.output().write(framing, data));
    }

    /** Begins, and says whether what is sent leaves as it is, so that the bytes of a file need not pass through here. */
    boolean beginAsItIs() {
        boolean _ = guarded(this::begin);
        return state == State.SENDING
                && framing == BodyFraming.LENGTH
                && !exchange.interception().encodes();
    }

    /** Sends a part of a file as it is. The file stays open until this returns true, or it is drained, or is over. */
    boolean transfer(FileChannel file, long from, long count) {
        given += count;
        sent += count;
        backlog.wrote(conversation.output().transfer(file, from, count));
        return !backlog.isFull();
    }

    private void closeNow() {
        if (state == State.OVER) {
            return;
        }
        boolean announced = length != UNKNOWN;
        // to HEAD the length is true though nothing was written
        if (announced && given != length && !headOnly) {
            end(new IOException(given + " bytes were written, fewer than the length of " + length));
        } else if (state == State.HOLDING && trailers.size() == 0 && !(announced && headOnly)) {
            conversation.answer(exchange, held.content());
        } else {
            boolean _ = guarded(() -> {
                begin();
                if (state == State.SENDING) {
                    exchange.interception().finish(this::emit);
                    conversation.finish(exchange, framing, trailers, sent);
                }
            });
        }
    }

    /** The connection has room again. */
    public void drained() {
        backlog.drained();
        tellDrained();
    }

    private void tellDrained() {
        if (state != State.OVER && backlog.takeDrained()) {
            boolean _ = guarded(onDrained);
        }
    }

    /** Makes way for another answer; false when something was sent already. */
    boolean drop() {
        if (state != State.HOLDING) {
            return false;
        }
        open = false;
        state = State.OVER;
        return true;
    }

    /** Whether nothing was sent yet, not even the head. */
    boolean isHolding() {
        return state == State.HOLDING;
    }

    /** Whether nobody is sent what is written. */
    boolean isHeadOnly() {
        return headOnly;
    }

    /** How many bytes of the body were sent. */
    public long sent() {
        return sent;
    }

    /** The answer has ended, in whatever way. */
    void ended() {
        open = false;
        state = State.OVER;
        held.clear();
        boolean _ = conversation.charge(-charged);
        charged = 0;
        Runnable told = onClosed;
        onClosed = StreamedResponse::nothing;
        onDrained = StreamedResponse::nothing;
        whenOver.run();
        try {
            told.run();
        } catch (RuntimeException | Error fault) { // the response has ended, and what follows must go on
            LOG.error("A callback of onClosed failed", fault);
        }
    }
}
