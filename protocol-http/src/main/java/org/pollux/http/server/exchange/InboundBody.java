package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.WholeBodyHandler;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request on its way from the connection to its handler. The handler uses it through its {@link
 * RequestHandle}.
 *
 * <pre>
 *               read                 pause
 *   UNASKED ───────────▶ READING ◀──────────▶ PAUSED
 *      │                    │  │   resume       │
 *      │ complete           │  │ end, fault     │ complete, fault
 *      ▼                    │  ▼                │
 *   PASSED_OVER ─────────▶ OVER ◀───────────────┘ (or PASSED_OVER, for the rest of the body)
 * </pre>
 *
 * <p>In UNASKED and PAUSED nothing is taken from the connection, so the client must wait. For the loop's thread, except for
 * methods that say "from any thread". It is one file because it is one state machine; {@link BodyPieces} finds the bytes.
 */
public final class InboundBody {

    private enum State {
        UNASKED,
        READING,
        PAUSED,
        PASSED_OVER,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(InboundBody.class);
    private static final BodyHandler NOBODY = in -> {};
    private static final Bytes NO_FIELDS = new Bytes(0);

    /** The bytes that a handler may leave unread without pausing. */
    private static final int LEFT = 64 * 1024;

    private final Lifecycle exchange;
    private final BodyPieces pieces = new BodyPieces();
    private final AtomicBoolean asked = new AtomicBoolean();
    private @Nullable Carrier carrier;
    private BodyHandler handler = NOBODY;
    private State state = State.OVER;
    private @Nullable Throwable failure;

    /** Whether the end of this body cannot be found, or not soon enough. */
    private boolean unreadable;

    private boolean expectsContinue;

    /** Whether the connection continues this body by itself: during the handler's call, and while bytes are presented. */
    private boolean busy;

    /** Whether the left bytes are presented again although no more have arrived. */
    private boolean again;

    /** The body handler to call about the end of its body, when its present callback has returned. */
    private @Nullable BodyHandler owed;

    private volatile long length;

    /** The bytes of an unwanted body that are read. */
    private int passedOver;

    /** The bytes that the handler has left, as charged to the connection. */
    private int counted;

    InboundBody(Lifecycle exchange) {
        this.exchange = exchange;
    }

    /** Takes over the body that follows a head. */
    void begin(Carrier by, HeadLayout head, HttpSettings settings) {
        carrier = by;
        state = State.UNASKED;
        expectsContinue = head.expectsContinue();
        busy = true;
        again = false;
        failure = null;
        unreadable = false;
        asked.setPlain(false);
        length = head.bodyLength();
        passedOver = settings.body().passedOver();
        pieces.begin(head.bodyEnd(), length, settings);
    }

    /** It becomes the stream of another protocol, whose end the wire reports, unless it has done so already. */
    void upgraded() {
        length = Carrier.UNKNOWN;
        expectsContinue = false;
        pieces.upgraded();
    }

    /** Whether it was asked for. From any thread. */
    boolean isAsked() {
        return asked.get();
    }

    /** The handler's call has returned. */
    void called() {
        busy = false;
    }

    // ---- called by the handler, from any thread

    OptionalLong length() {
        carrier();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    void read(BodyHandler to) {
        Carrier by = claim();
        if (by.inLoop()) {
            start(to);
        } else {
            by.execute(() -> start(to));
        }
    }

    void readAll(int limit, WholeBodyHandler to) {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit is not negative, but this is " + limit);
        }
        Carrier by = claim();
        if (by.inLoop()) {
            start(new WholeBody(this, by, limit, to));
        } else {
            by.execute(() -> start(new WholeBody(this, by, limit, to)));
        }
    }

    InputStream inputStream() {
        BlockingInput input = new BlockingInput(this, carrier());
        read(input);
        return input;
    }

    void pause() {
        onLoop(() -> {
            if (state == State.READING) {
                state = State.PAUSED;
            }
        });
    }

    void resume() {
        onLoop(() -> {
            if (state == State.PAUSED) {
                state = State.READING;
                again = true;
                goOn();
            }
        });
    }

    private void onLoop(Runnable change) {
        Carrier by = carrier;
        if (by != null) {
            by.onLoop(change);
        }
    }

    private Carrier carrier() {
        Carrier by = carrier;
        if (by == null) {
            throw new RequestOver();
        }
        return by;
    }

    private Carrier claim() {
        Carrier by = carrier();
        if (!asked.compareAndSet(false, true)) {
            throw new IllegalStateException("The body was asked for already, and can be read once only");
        }
        return by;
    }

    // ---- incoming bytes

    private void start(BodyHandler to) {
        Carrier by = carrier;
        if (by == null || state != State.UNASKED) {
            Throwable cause = failure;
            tellFailed(
                    to, cause != null ? cause : new IOException("The response was complete before the body was read"));
            return;
        }
        handler = to;
        state = State.READING;
        if (expectsContinue) {
            expectsContinue = false;
            if (exchange.isUnsent()) {
                by.inform(100, NO_FIELDS);
            }
        }
        if (to instanceof WholeBody whole && whole.isBeyond(length)) {
            exchange.bodyFailed(413, new IOException("The body is longer than its handler takes: " + length));
        } else {
            goOn();
        }
    }

    /** Continues the body, outside of the present callback. */
    private void goOn() {
        Carrier by = carrier;
        if (by != null && !busy) {
            by.execute(this::readOn);
        }
    }

    private void readOn() {
        Carrier by = carrier;
        if (by != null && state == State.READING) {
            by.readOn();
        }
    }

    /**
     * Reports the end of a body whose end the wire knows ({@link org.pollux.http.server.syntax.BodyEnd#TOLD}). This many
     * bytes follow, beginning with those that are presented next, and then these fields. The caller must not change the
     * fields.
     */
    public void end(long following, FieldLines trailers) {
        pieces.end(following, trailers);
    }

    /** Whether it failed because it has too many trailers. */
    boolean hasTooManyFields() {
        return pieces.hasTooManyFields();
    }

    public boolean isReading() {
        return state == State.READING;
    }

    /** Whether its bytes are taken when they arrive. */
    public boolean isTaking() {
        return state == State.READING || state == State.PASSED_OVER;
    }

    /** Whether the body has ended: no more bytes arrive, and no handler receives any. */
    public boolean isOver() {
        return state == State.OVER || (state == State.UNASKED && pieces.isAtEnd());
    }

    /** Takes the bytes of the body that are in the buffer, and passes them to the handler. */
    void take(ByteBuffer in) {
        if (carrier == null) {
            return;
        }
        busy = true;
        try {
            boolean more = true;
            while (more) {
                more = state == State.READING ? present(in) : state == State.PASSED_OVER && pass(in);
            }
        } catch (Throwable fault) {
            handler = NOBODY; // a handler whose callback has thrown gets no other callback
            exchange.handlerFailed(fault);
        } finally {
            busy = false;
            tellOwed();
        }
    }

    /**
     * Called outside of the body handler's callbacks: reports that the response was complete before the request's body was
     * read.
     */
    void tellOwed() {
        BodyHandler told = owed;
        if (told != null) {
            owed = null;
            if (pieces.isAtEnd()) {
                tellEnd(told);
            } else {
                tellFailed(told, new IOException("The response was complete before the body was read"));
            }
        }
    }

    private static void tellEnd(BodyHandler told) {
        try {
            told.onEnd(FieldLines.NONE);
        } catch (Exception | Error fault) {
            LOG.error("The handler of a body, {}, failed in onEnd; it had responded already", name(told), fault);
        }
    }

    private static String name(BodyHandler handler) {
        return handler.getClass().getName();
    }

    private boolean present(ByteBuffer in) throws Exception {
        boolean presentsAgain = again && pieces.leftUnread() > 0;
        again = false;
        if (presentsAgain) {
            pieces.presentLeft(handler);
            countLeft();
            requireBound();
            return true;
        }
        switch (pieces.present(in, handler)) {
            case PIECE -> {
                countLeft();
                requireBound();
                return true;
            }
            case END -> {
                BodyHandler told = handler;
                over();
                told.onEnd(pieces.trailers());
            }
            case FAULT -> exchange.bodyFailed(pieces.fault(), fault());
            case NOTHING -> {}
        }
        return false;
    }

    private IOException fault() {
        return new IOException(
                switch (pieces.fault()) {
                    case 413 -> "The body is longer than the server's limit";
                    case 431 -> "The trailers are longer, or more, than the server's limit";
                    default -> "The body's chunks are malformed";
                });
    }

    /** Charges the left bytes: they take memory until the handler has taken them, or the body has ended. */
    private void countLeft() {
        int left = pieces.leftUnread();
        Carrier by = carrier;
        if (left != counted && by != null) {
            boolean _ = by.charge(left - counted);
            counted = left;
        }
    }

    private void requireBound() {
        int left = pieces.leftUnread();
        if (left > LEFT && state == State.READING) {
            throw new IllegalStateException("The handler left " + left + " bytes of a body unread, more than the "
                    + LEFT + " that it may: it must take some, or pause the body");
        }
    }

    /** Called inside a callback: the handler cannot take a body of this size. */
    void tooLong(IOException cause) {
        exchange.bodyFailed(413, cause);
    }

    /** Whether the present callback receives the rest of the body in one piece. */
    boolean isLastPiece() {
        return pieces.isAtEnd();
    }

    private boolean pass(ByteBuffer in) {
        BodyPieces.Found found = pieces.passOver(in);
        boolean tooMuch = pieces.passedOver() > passedOver;
        if (found == BodyPieces.Found.NOTHING) {
            return false;
        }
        if (found == BodyPieces.Found.PIECE && !tooMuch) {
            return true;
        }
        over();
        unreadable = found != BodyPieces.Found.END;
        return false;
    }

    // ---- ends

    /** Whether the end of this body cannot be found, because the body is malformed, late or too long. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /**
     * Whether a wire that carries one exchange after the other must end with this one. The end of the body cannot be found,
     * the client waits for something that is not sent, or the rest of the body is too large to skip.
     */
    public boolean isLast() {
        boolean unasked = state == State.UNASKED && !pieces.isAtEnd();
        return unreadable || (unasked && (expectsContinue || pieces.remaining() > passedOver));
    }

    /** The response is complete. The rest of the body is skipped. */
    void passOver() {
        BodyHandler told = handler;
        boolean reading = state == State.READING || state == State.PAUSED;
        Carrier by = carrier;
        over();
        state = pieces.isAtEnd() ? State.OVER : State.PASSED_OVER;
        if (reading) {
            owed = told;
            if (by != null && !busy) {
                by.execute(this::tellOwed);
            }
        }
    }

    /**
     * Fails the body before its end.
     *
     * @return the handler to call when the fate of the response is known
     */
    BodyHandler fail(Throwable cause) {
        failure = cause;
        unreadable = true;
        BodyHandler told = handler;
        over();
        return told;
    }

    /**
     * Abandons the body, because its handler has failed or has not responded in time. No handler reads the rest.
     *
     * @return the handler to call when the fate of the response is known
     */
    BodyHandler abandon(Throwable cause) {
        State before = state;
        BodyHandler told = fail(cause);
        unreadable = false;
        state = before == State.OVER || pieces.isAtEnd() ? State.OVER : State.UNASKED;
        return told;
    }

    static void tellFailed(BodyHandler told, Throwable cause) {
        try {
            told.onFailed(cause);
        } catch (RuntimeException | Error fault) {
            LOG.error("The handler of a body, {}, failed in onFailed", name(told), fault);
        }
    }

    private void over() {
        handler = NOBODY;
        state = State.OVER;
        pieces.clear();
        countLeft();
    }

    /** The exchange has ended. A handler that still holds this cannot use it. */
    void end() {
        over();
        carrier = null;
    }
}
