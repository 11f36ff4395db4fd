package org.pollux.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.RequestBody;
import org.pollux.http.WholeBodyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request on its way from the connection to its handler.
 *
 * <pre>
 *               read                 pause
 *   UNASKED ───────────▶ READING ◀──────────▶ PAUSED
 *      │                    │  │   resume       │
 *      │ answered           │  │ end, fault     │ answered, fault
 *      ▼                    │  ▼                │
 *   PASSED_OVER ─────────▶ OVER ◀───────────────┘ (or PASSED_OVER, for what is left of it)
 * </pre>
 *
 * <p>In UNASKED and PAUSED nothing is taken from the connection, which holds the client back. Except for what says "from any
 * thread" all this is for the loop's.
 */
final class InboundBody implements RequestBody {

    private enum State {
        UNASKED,
        READING,
        PAUSED,
        PASSED_OVER,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(InboundBody.class);
    private static final BodyHandler NOBODY = in -> {};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What a handler may leave unread without pausing. */
    private static final int LEFT = 64 * 1024;

    private final Exchange exchange;
    private final BodyDecoder decoder = new BodyDecoder();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** What the handler has left unread. */
    private final Bytes left = new Bytes(0);

    private @Nullable HttpConnection connection;
    private BodyHandler handler = NOBODY;
    private State state = State.OVER;
    private @Nullable Throwable failure;
    private boolean expectsContinue;

    /** Whether the connection goes on with this body by itself: in the handler's call, and while bytes are presented. */
    private boolean busy;

    /** Whether what is left is presented though nothing came behind it. */
    private boolean again;

    /** Who is to hear that his body is over, when his callback has returned. */
    private @Nullable BodyHandler owed;

    private long length;
    private int passedOver;

    InboundBody(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Takes over the body that follows a head. */
    void begin(HttpConnection from, HeadParser head) {
        Framing framing = head.framing();
        connection = from;
        state = State.UNASKED;
        expectsContinue = framing.expectsContinue(head.minorVersion());
        busy = true;
        again = false;
        passedOver = 0;
        failure = null;
        asked.setPlain(false);
        left.clear();
        if (framing.isChunked()) {
            length = -1;
            HttpSettings settings = from.loop().settings();
            decoder.beginChunked(settings.body().most(), settings.head().head());
        } else {
            length = framing.contentLength();
            decoder.beginLength(length);
        }
    }

    /** The handler's call has returned. */
    void called() {
        busy = false;
    }

    // ---- what the handler asks, from any thread

    @Override
    public OptionalLong length() {
        connection();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public void read(BodyHandler to) {
        HttpConnection from = claim();
        if (from.inLoop()) {
            start(to);
        } else {
            from.execute(() -> start(to));
        }
    }

    @Override
    public void readAll(int limit, WholeBodyHandler to) {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit is not negative, but this is " + limit);
        }
        HttpConnection from = claim();
        if (from.inLoop()) {
            start(new WholeBody(this, limit, to));
        } else {
            from.execute(() -> start(new WholeBody(this, limit, to)));
        }
    }

    @Override
    public InputStream inputStream() {
        BlockingInput input = new BlockingInput(this, connection());
        read(input);
        return input;
    }

    @Override
    public void pause() {
        onLoop(() -> {
            if (state == State.READING) {
                state = State.PAUSED;
            }
        });
    }

    @Override
    public void resume() {
        onLoop(() -> {
            if (state == State.PAUSED) {
                state = State.READING;
                again = true;
                goOn();
            }
        });
    }

    private void onLoop(Runnable change) {
        HttpConnection from = connection;
        if (from != null) {
            from.onLoop(change);
        }
    }

    private HttpConnection connection() {
        HttpConnection from = connection;
        if (from == null) {
            throw new IllegalStateException("The request is over: its body can be read until the answer is complete");
        }
        return from;
    }

    private HttpConnection claim() {
        HttpConnection from = connection();
        if (!asked.compareAndSet(false, true)) {
            throw new IllegalStateException("The body was asked for already, and can be read once only");
        }
        return from;
    }

    // ---- what comes

    private void start(BodyHandler to) {
        HttpConnection from = connection;
        if (from == null || state != State.UNASKED) {
            Throwable cause = failure;
            tellFailed(to, cause != null ? cause : new IOException("The answer was complete before the body was read"));
            return;
        }
        handler = to;
        state = State.READING;
        if (expectsContinue) {
            expectsContinue = false;
            from.sendContinue(exchange);
        }
        if (to instanceof WholeBody whole && whole.isBeyond(length)) {
            from.bodyFailed(exchange, 413, new IOException("The body is longer than its handler takes: " + length));
        } else {
            goOn();
        }
    }

    /** Continues outside of the present callback. */
    private void goOn() {
        HttpConnection from = connection;
        if (from != null && !busy) {
            from.execute(() -> from.continueBody(this));
        }
    }

    boolean isReading() {
        return state == State.READING;
    }

    /** Whether its bytes are taken as they come. */
    boolean isTaking() {
        return state == State.READING || state == State.PASSED_OVER;
    }

    /** Whether nothing of it is to come any more, or is to be given to anybody. */
    boolean isOver() {
        return state == State.OVER || (state == State.UNASKED && decoder.isAtEnd());
    }

    /** Takes of the buffer what it can, and gives it to the handler. */
    void take(ByteBuffer in) {
        HttpConnection from = connection;
        if (from == null) {
            return;
        }
        busy = true;
        try {
            boolean more = true;
            while (more) {
                more = state == State.READING ? present(from, in) : state == State.PASSED_OVER && pass(from, in);
            }
        } catch (Throwable fault) {
            from.handlerFailed(exchange, fault);
        } finally {
            busy = false;
            tellOwed();
        }
    }

    /** Outside of his callbacks: the handler hears that his answer was complete before its request's body was read. */
    void tellOwed() {
        BodyHandler told = owed;
        if (told != null) {
            owed = null;
            if (decoder.isAtEnd()) {
                tellEnd(told);
            } else {
                tellFailed(told, new IOException("The answer was complete before the body was read"));
            }
        }
    }

    private static void tellEnd(BodyHandler told) {
        try {
            told.onEnd(FieldLines.NONE);
        } catch (Exception | Error fault) {
            LOG.error("The handler of a body, {}, failed in onEnd; it had answered already", name(told), fault);
        }
    }

    private static String name(BodyHandler handler) {
        return handler.getClass().getName();
    }

    /** For a body that is complete already. */
    void take() {
        take(NOTHING);
    }

    private boolean present(HttpConnection from, ByteBuffer in) throws Exception {
        if (again && left.size() > 0) {
            again = false;
            presentLeft();
            return true;
        }
        again = false;
        switch (decoder.decode(in)) {
            case DATA -> {
                return presentRun(in);
            }
            case END -> {
                BodyHandler told = handler;
                over();
                told.onEnd(decoder.trailers());
            }
            case FAULT -> from.bodyFailed(exchange, decoder.fault(), fault());
            default -> {}
        }
        return false;
    }

    private IOException fault() {
        return new IOException(
                switch (decoder.fault()) {
                    case 413 -> "The body is longer than the server's limit";
                    case 431 -> "The trailers are longer than the server's limit";
                    default -> "The body's chunks are malformed";
                });
    }

    /** Presents what there is of the body in front of the buffer; in place, when nothing was left before. */
    private boolean presentRun(ByteBuffer in) throws Exception {
        int run = decoder.run(in);
        if (run == 0) {
            return false;
        }
        int start = in.position();
        if (left.size() > 0) {
            left.add(in, run);
            decoder.taken(run);
            presentLeft();
            return true;
        }
        int limit = in.limit();
        in.limit(start + run);
        try {
            decoder.taken(run);
            handler.onData(in);
            int unread = Math.clamp(start + run - in.position(), 0, run);
            in.limit(start + run).position(start + run - unread);
            keep(in);
        } finally {
            in.limit(limit).position(start + run);
        }
        return true;
    }

    private void presentLeft() throws Exception {
        ByteBuffer all = left.content();
        int size = left.size();
        handler.onData(all);
        int read = Math.clamp(all.position(), 0, size);
        left.remove(0, read);
        requireBound();
    }

    private void keep(ByteBuffer unread) {
        if (unread.hasRemaining()) {
            left.add(unread);
            requireBound();
        }
    }

    private void requireBound() {
        if (left.size() > LEFT && state == State.READING) {
            throw new IllegalStateException(
                    "The handler left " + left.size() + " bytes of a body unread, more than the " + LEFT
                            + " that it may: it must take some, or pause the body");
        }
    }

    /** Inside a callback: its handler cannot take so much. */
    void tooLong(IOException cause) {
        HttpConnection from = connection;
        if (from != null) {
            from.bodyFailed(exchange, 413, cause);
        }
    }

    /** Whether the rest of the body is in one piece at the present callback, which is given all of it. */
    boolean isLastPiece() {
        return decoder.isAtEnd();
    }

    private boolean pass(HttpConnection from, ByteBuffer in) {
        switch (decoder.decode(in)) {
            case DATA -> {
                int run = decoder.run(in);
                passedOver += run;
                in.position(in.position() + run);
                decoder.taken(run);
                if (passedOver > from.loop().settings().body().passedOver()) {
                    over();
                    from.passedOver(exchange, false);
                }
                return run > 0;
            }
            case END -> {
                over();
                from.passedOver(exchange, true);
            }
            case FAULT -> {
                over();
                from.passedOver(exchange, false);
            }
            default -> {}
        }
        return false;
    }

    // ---- ends

    /** Whether the connection cannot go on behind this body, because the client waits, or there is too much of it. */
    boolean isEndless(int limit) {
        boolean unasked = state == State.UNASKED && !decoder.isAtEnd();
        return unasked && (expectsContinue || decoder.remaining() > limit);
    }

    /** The answer is complete: what is left of the body is nobody's. */
    void passOver() {
        BodyHandler told = handler;
        boolean reading = state == State.READING || state == State.PAUSED;
        HttpConnection from = connection;
        over();
        state = decoder.isAtEnd() ? State.OVER : State.PASSED_OVER;
        if (reading) {
            owed = told;
            if (from != null && !busy) {
                from.execute(this::tellOwed);
            }
        }
    }

    /** The body does not come to its end. */
    void fail(Throwable cause) {
        failure = cause;
        BodyHandler told = handler;
        boolean reading = state == State.READING || state == State.PAUSED;
        over();
        if (reading) {
            tellFailed(told, cause);
        }
    }

    /** Its handler has failed, and is not told of it. */
    void abandon() {
        State before = state;
        over();
        state = before == State.OVER || decoder.isAtEnd() ? State.OVER : State.UNASKED;
    }

    private static void tellFailed(BodyHandler told, Throwable cause) {
        try {
            told.onFailed(cause);
        } catch (RuntimeException | Error fault) {
            LOG.error("The handler of a body, {}, failed in onFailed", name(told), fault);
        }
    }

    private void over() {
        handler = NOBODY;
        state = State.OVER;
        left.clear();
    }

    /** The exchange is over: whoever still holds this does nothing with it. */
    void end() {
        over();
        connection = null;
    }
}
