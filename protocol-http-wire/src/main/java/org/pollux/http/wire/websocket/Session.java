package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.websocket.WebSocketPieces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection after its handshake, on either side: messages in both directions, pings while it is idle, and its end (RFC 6455,
 * sections 5 and 7).
 *
 * <pre>
 *          close                       the peer's close, or its timeout
 *   OPEN ─────────▶ CLOSING ─────────────────────────────────────────▶ ENDED
 *    │                                                                   ▲
 *    └── the peer's close (which is echoed), a fault (told by a close) ──┘
 *
 *   each of them ──the connection is lost──▶ ENDED
 * </pre>
 *
 * <p>The wire calls {@link #open}, {@link #take}, {@link #drained}, {@link #inputEnded} and {@link #lost} on the loop. A lock orders the frames that
 * threads send; nothing else waits for it.
 */
public final class Session implements WebSocket {

    /** What the owner of the session wants to know. */
    public interface Owner {

        /** The session has ended, on the loop, before its listener is told. */
        void ended(Session session, int code);
    }

    private enum State {
        OPEN,
        CLOSING,
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final WebSocketListener listener;
    private final SessionWire wire;
    private final SessionSettings settings;
    private final Owner owner;
    private final MessageReader reader;
    private final @Nullable Inflation inflation;
    private final boolean takeover;
    private final SessionOutput output;
    private final MessageCounts counts = new MessageCounts();
    private final Object lock = new Object();

    /** Changed under the lock, read by any thread. */
    private volatile State state = State.OPEN;

    private volatile boolean paused;

    /** Whether a message has begun and not ended. Written by the loop. */
    private volatile boolean inMessage;

    /** The code with which it ends behind the present message; 0 for none. */
    private volatile int leaving;

    // for the loop
    private @Nullable Thread calling;
    private boolean opened;
    private boolean told;
    private boolean heard;
    private boolean pinged;
    private int charged;

    /**
     * Makes a session whose handshake is done.
     *
     * @param side of the connection on which this is
     */
    public Session(
            Side side,
            WebSocketListener listener,
            SessionWire wire,
            SessionSettings settings,
            SessionMemory memory,
            Owner owner) {
        this.listener = listener;
        this.wire = wire;
        this.settings = settings;
        this.owner = owner;
        boolean client = side == Side.CLIENT;
        Optional<DeflateTerms> terms = settings.compression();
        this.takeover = terms.isPresent()
                && (client ? terms.get().clientTakeover() : terms.get().serverTakeover());
        this.inflation = terms.isEmpty()
                ? null
                : new Inflation(
                        client ? terms.get().serverTakeover() : terms.get().clientTakeover());
        this.reader = new MessageReader(client ? Side.SERVER : Side.CLIENT, inflation, settings.maxMessage(), memory);
        this.output = new SessionOutput(wire, settings, memory);
        if (listener instanceof WebSocketPieces) {
            reader.inPieces();
        }
    }

    // ---- called by the wire, on the loop

    /** The connection is open. Called once, before the others. */
    public void open() {
        opened = true;
        wire.every(settings.ping(), this::look);
        call(() -> listener.onOpen(this));
    }

    /** Takes what has come. What is not taken stays in the buffer, and is presented again. */
    public void take(ByteBuffer in) {
        heard = true;
        try {
            MessageReader.Found found = MessageReader.Found.CLOSE;
            while (state != State.ENDED && !paused && found != MessageReader.Found.MORE) {
                found = reader.next(in);
                see(found);
                reader.dropReturned();
            }
            count();
        } catch (WebSocketFault fault) {
            fail(fault.code(), fault.reason());
        }
        if (state == State.ENDED) {
            in.position(in.limit());
        }
    }

    private void see(MessageReader.Found found) {
        inMessage = reader.isInMessage();
        switch (found) {
            case DATA -> data();
            case PING -> pong();
            case CLOSE -> peerCloses();
            case PONG, MORE -> {}
        }
    }

    /** Counts what is kept of a message that has not ended. */
    private void count() throws WebSocketFault {
        int kept = reader.kept();
        int more = kept - charged;
        if (more != 0) {
            charged = kept;
            if (!wire.charge(more) && more > 0) {
                throw new WebSocketFault(CloseCode.TRY_LATER, "The server has no memory for this message");
            }
        }
    }

    private void data() {
        if (state != State.OPEN) {
            return;
        }
        call(() -> {
            if (listener instanceof WebSocketPieces pieces) {
                pieces.onPiece(this, reader.isText(), reader.data(), reader.isEnd());
            } else if (reader.isText()) {
                listener.onText(this, reader.text());
            } else {
                listener.onBinary(this, reader.data());
            }
        });
        if (!inMessage) {
            counts.received();
            if (leaving != 0) {
                begin(leaving, "");
            }
        }
    }

    private void pong() {
        synchronized (lock) {
            if (state == State.OPEN) {
                output.pong(reader.data());
            }
        }
    }

    private void peerCloses() {
        int code = reader.closeCode();
        synchronized (lock) {
            if (state == State.OPEN) {
                output.close(code, "");
            }
            state = State.ENDED;
        }
        tell(code, reader.closeReason());
        wire.finish();
    }

    /** The wire has room again. */
    public void drained() {
        if (state == State.OPEN) {
            synchronized (lock) {
                output.drained();
            }
            call(() -> listener.onDrained(this));
        }
    }

    /** The peer has ended its side without a close. Messages that were sent before still reach it. */
    public void inputEnded(String reason) {
        endAbnormally(reason, wire::finish);
    }

    /** The peer is lost. */
    public void lost(String reason) {
        endAbnormally(reason, wire::abort);
    }

    private void endAbnormally(String reason, Runnable ending) {
        if (!told) {
            end();
            tell(CloseCode.ABNORMAL, reason);
            ending.run();
        }
    }

    // ---- the end

    /** Ends a connection whose peer has broken a rule (RFC 6455, section 7.1.7), or whose listener has failed. */
    private void fail(int code, String reason) {
        LOG.debug("A WebSocket connection ends with {}: {}", code, reason);
        synchronized (lock) {
            if (state == State.OPEN) {
                output.close(code, reason);
            }
            state = State.ENDED;
        }
        tell(code, reason);
        wire.finish();
    }

    private void end() {
        synchronized (lock) {
            state = State.ENDED;
        }
    }

    /** Comes before the wire's own end, which would tell another reason. */
    private void tell(int code, String reason) {
        if (told) {
            return;
        }
        told = true;
        synchronized (lock) {
            output.end();
        }
        if (inflation != null) {
            inflation.close();
        }
        boolean _ = wire.charge(-charged);
        charged = 0;
        owner.ended(this, code);
        if (!opened) {
            return;
        }
        try {
            listener.onClosed(this, code, reason);
        } catch (RuntimeException | Error fault) {
            LOG.error("The listener {} failed in onClosed", listener.getClass().getName(), fault);
        }
    }

    /** A callback of the listener. */
    private interface Call {
        void run() throws Exception;
    }

    private void call(Call callback) {
        calling = Thread.currentThread();
        try {
            callback.run();
        } catch (Exception | Error fault) { // an Error too: its connection must not hang
            LOG.error(
                    "The listener {} failed; its connection ends with 1011",
                    listener.getClass().getName(),
                    fault);
            fail(CloseCode.SERVER_ERROR, "");
        } finally {
            calling = null;
        }
    }

    /** Whether a callback of the listener is asking, whose writes leave together. No other thread finds itself there. */
    @SuppressWarnings("ReferenceEquality") // a thread is itself and no other
    private boolean isInCallback() {
        return calling == Thread.currentThread();
    }

    // ---- time

    /** Called while it is open: a silent peer gets a ping, and is cut when it stays silent. */
    private void look() {
        if (state != State.OPEN || paused) {
            return;
        }
        if (heard) {
            heard = false;
            pinged = false;
        } else if (!pinged) {
            pinged = true;
            synchronized (lock) {
                output.ping();
            }
        } else {
            lost("The peer has not responded to a ping");
        }
    }

    private void closeTimedOut() {
        if (state == State.CLOSING) {
            lost("The peer has not responded to the close");
        }
    }

    /**
     * Ends it with that code as soon as no message is under way in either direction, at the latest after this time. From any
     * thread.
     */
    public void leave(int code, Duration atTheLatest) {
        wire.execute(() -> leaveNow(code, atTheLatest));
    }

    private void leaveNow(int code, Duration atTheLatest) {
        leaving = code;
        if (inMessage || output.isInPieces()) {
            wire.every(atTheLatest, () -> {
                if (state == State.OPEN) {
                    begin(code, "");
                }
            });
        } else {
            begin(code, "");
        }
    }

    // ---- numbers, from any thread

    /** How many whole messages have come. */
    public long received() {
        return counts.allReceived();
    }

    /** How many messages were sent. */
    public long sent() {
        return counts.allSent();
    }

    /** Octets of memory that compression has outside the heap, about. */
    public int zlibOctets() {
        return output.zlibOctets() + (inflation == null ? 0 : inflation.zlibOctets());
    }

    // ---- WebSocket, from any thread

    @Override
    public Optional<String> subprotocol() {
        return settings.subprotocol();
    }

    @Override
    public boolean send(String text) {
        return state == State.OPEN && message(true, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    @Override
    public boolean send(ByteBuffer data) {
        boolean room = message(false, data);
        data.position(data.limit());
        return room;
    }

    private boolean message(boolean text, ByteBuffer data) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            counts.sent();
            return output.message(text, data, takeover, isInCallback());
        }
    }

    @Override
    public boolean sendPiece(boolean text, ByteBuffer data, boolean last) {
        boolean room;
        synchronized (lock) {
            if (last && state == State.OPEN) {
                counts.sent();
            }
            room = state == State.OPEN && output.piece(text, data, last, isInCallback());
        }
        data.position(data.limit());
        if (last && leaving != 0 && !inMessage) {
            begin(leaving, "");
        }
        return room;
    }

    @Override
    public void pause() {
        if (state == State.OPEN) {
            paused = true;
            wire.pause();
        }
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            heard = true; // the peer could not be heard
            wire.resume();
        }
    }

    @Override
    public void close(int code, String reason) {
        if (!CloseCode.isSendable(code)) {
            throw new IllegalArgumentException(
                    "A close has a code of 1000 to 1003, 1007 to 1014 or 3000 to 4999, but this is " + code);
        }
        begin(code, reason);
    }

    /** Sends the close, and waits for the peer's. */
    private void begin(int code, String reason) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            output.close(code, reason);
            state = State.CLOSING;
        }
        wire.every(settings.closeTimeout(), this::closeTimedOut);
        resume();
    }

    @Override
    public void abort() {
        end();
        wire.abort();
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }
}
