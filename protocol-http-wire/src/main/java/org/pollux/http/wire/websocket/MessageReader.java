package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/**
 * Reads messages, whole or in pieces, and the control frames between their fragments. Every rule of RFC 6455 about what a peer
 * sends holds for what it returns: the order of fragments, UTF-8 as soon as an octet breaks it, close codes, and a limit for the
 * length of a whole message, which is checked before its octets are kept.
 *
 * <pre>
 *          text, binary            the last frame ended
 *   NONE ───────────────▶ MESSAGE ──────────────────────▶ NONE          control frames come in both, and change nothing
 *                          │   ▲
 *                          └───┘ continuation
 * </pre>
 */
@SuppressWarnings("ReferenceEquality") // a buffer and its memory are themselves and no others
public final class MessageReader {

    /** What was found. */
    public enum Found {
        /** More bytes are needed. */
        MORE,
        /** A message, or a piece of one: {@link #data}, {@link #isText}, {@link #isEnd}. */
        DATA,
        /** A ping, whose octets {@link #data} has. */
        PING,
        PONG,
        /** The peer closes: {@link #closeCode}, {@link #closeReason}. */
        CLOSE
    }

    /** A piece that is not the last one has at most about as many octets. */
    private static final int PIECE = 64 * 1024;

    /** A shorter binary message is copied: a view of it would cost as much. */
    private static final int COPIED = 256;

    /** A part of a message that needs no more has memory of just its size. */
    private static final int SMALL = 1024;

    /** A message gets memory for its announced length, but at most for so many times the octets that have come. */
    private static final int AHEAD = 4;

    /** The first memory of a compressed message. */
    private static final int INFLATED = 4 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final Bytes NONE = new Bytes(0);

    private final FrameReader frames;
    private final @Nullable Inflation inflation;
    private final SessionMemory memory;
    private final Utf8 utf8 = new Utf8();
    private final Bytes control = new Bytes(0);
    private int most;
    private boolean pieces;

    /** The octets of the message so far. Between messages it is {@link #NONE}, which all readers share: nothing writes to it. */
    private Bytes message = NONE;

    /** The message as a view of the buffer in which it came; {@link #NOTHING} when it was copied. */
    private ByteBuffer inPlace = NOTHING;

    private boolean inFrame;
    private boolean inMessage;
    private boolean text;
    private boolean compressed;

    /** Whether what was returned is still in {@link #message}. */
    private boolean returned;

    private boolean end;
    private Found found = Found.MORE;
    private int closeCode = CloseCode.NONE;
    private String closeReason = "";

    /**
     * Makes a reader of whole messages.
     *
     * @param peer the side that sends
     * @param inflation what the handshake has settled; null when messages are not compressed
     * @param most octets of a message, not compressed
     * @param memory for messages that come in several reads
     */
    public MessageReader(Side peer, @Nullable Inflation inflation, int most, SessionMemory memory) {
        this.frames = new FrameReader(peer, inflation != null);
        this.inflation = inflation;
        this.most = most;
        this.memory = memory;
    }

    /** Returns messages in pieces from now on, of any length. Called between two messages. */
    public void inPieces() {
        pieces = true;
        most = Integer.MAX_VALUE;
    }

    /**
     * Reads up to the next message or control frame. Octets of an incomplete header stay in the buffer. Octets behind a
     * close are thrown away (RFC 6455, section 1.4). The buffer can be written to: a payload may be unmasked where it is.
     *
     * @throws WebSocketFault when the peer has broken a rule; nothing can be read after that
     */
    public Found next(ByteBuffer in) throws WebSocketFault {
        dropReturned();
        if (found == Found.CLOSE) {
            in.position(in.limit());
            return Found.MORE;
        }
        do {
            if (!inFrame) {
                if (!frames.next(in)) {
                    return Found.MORE;
                }
                begin();
            }
            found = frames.opcode().isControl() ? control(in) : data(in);
        } while (found == Found.MORE && !inFrame);
        return found;
    }

    /** Gives the memory of the result back. {@link #next} does so too. */
    void dropReturned() {
        if (returned) {
            returned = false;
            inPlace = NOTHING;
            keepIn(NONE);
        }
    }

    /** The octets so far are in other memory from now on. */
    private void keepIn(Bytes other) {
        if (message != NONE) {
            memory.giveBack(message);
        }
        message = other;
    }

    private void begin() throws WebSocketFault {
        inFrame = true;
        Opcode opcode = frames.opcode();
        if (opcode.isControl()) {
            control.clear();
            return;
        }
        if ((opcode == Opcode.CONTINUATION) != inMessage) {
            throw WebSocketFault.protocol(
                    inMessage ? "A message begins inside another one" : "A continuation continues no message");
        }
        if (!inMessage) {
            inMessage = true;
            text = opcode == Opcode.TEXT;
            compressed = frames.isCompressed();
            utf8.reset();
        }
        if (!compressed && !pieces && frames.length() > most - message.size()) {
            throw tooBig();
        }
    }

    private WebSocketFault tooBig() {
        return new WebSocketFault(CloseCode.TOO_BIG, "A message is longer than " + most + " octets");
    }

    // ---- messages

    private Found data(ByteBuffer in) throws WebSocketFault {
        int before = message.size();
        if (compressed) {
            inflate(in);
        } else if (isInPlace(in)) {
            inPlace = frames.takeInPlace(in);
        } else {
            makeRoom(in);
            int _ = frames.take(in, message);
        }
        boolean tooLong = !pieces && message.size() > most;
        // the fault that comes first counts, however the bytes are cut
        if (text && !utf8.accept(message.array(), before, tooLong ? most : message.size())) {
            throw notUtf8();
        }
        if (tooLong) {
            throw tooBig();
        }
        boolean rest = compressed && inflation != null && inflation.hasMore();
        boolean frameEnded = frames.remaining() == 0 && !rest;
        inFrame = !frameEnded;
        end = frameEnded && frames.isLast();
        if (end) {
            inMessage = false;
            if (text && !utf8.isComplete()) {
                throw notUtf8();
            }
        }
        returned = end || (pieces && (message.size() > 0 || inPlace != NOTHING));
        return returned ? Found.DATA : Found.MORE;
    }

    /** Whether what has come of a binary frame can be returned as it is: all of its message, or a piece, and worth it. */
    private boolean isInPlace(ByteBuffer in) {
        return (pieces || isComplete(in))
                && !text
                && message.size() == 0
                && Math.min(frames.remaining(), in.remaining()) > COPIED
                && !in.isReadOnly();
    }

    /** Whether the rest of the message is there. */
    private boolean isComplete(ByteBuffer in) {
        return frames.isLast() && frames.remaining() <= in.remaining();
    }

    /** Makes room for what has come of the frame, and for what it announces. */
    private void makeRoom(ByteBuffer in) {
        long come = message.size() + Math.min(frames.remaining(), in.remaining());
        int capacity = (int) Math.min(message.size() + frames.remaining(), pieces ? come : AHEAD * come);
        if (message == NONE || capacity > message.capacity()) {
            Bytes roomier = isComplete(in) || capacity > SMALL ? memory.lend(capacity) : new Bytes(capacity);
            keepIn(roomier.add(message));
        }
    }

    private static WebSocketFault notUtf8() {
        return new WebSocketFault(CloseCode.INVALID_DATA, "A text is not UTF-8");
    }

    /** Inflates what came of the frame, at most a piece of it, or to the limit of a message. */
    private void inflate(ByteBuffer in) throws WebSocketFault {
        Inflation by = inflation;
        if (by == null) {
            throw new IllegalStateException("A compressed frame without compression");
        }
        if (message == NONE) {
            keepIn(memory.lend(INFLATED));
        }
        if (!by.hasMore()) {
            Bytes raw = new Bytes(0);
            int _ = frames.take(in, raw);
            by.give(raw, frames.remaining() == 0 && frames.isLast());
        }
        by.inflate(message, pieces ? PIECE : most);
    }

    // ---- control frames

    private Found control(ByteBuffer in) throws WebSocketFault {
        int _ = frames.take(in, control);
        if (frames.remaining() > 0) {
            return Found.MORE;
        }
        inFrame = false;
        return switch (frames.opcode()) {
            case PING -> Found.PING;
            case PONG -> Found.PONG;
            default -> close();
        };
    }

    private Found close() throws WebSocketFault {
        closeCode = CloseCode.NONE;
        closeReason = "";
        if (control.size() == 1) {
            throw WebSocketFault.protocol("A close frame has one octet");
        }
        if (control.size() > 0) {
            closeCode = control.content().getShort() & 0xFFFF;
            if (!CloseCode.isSendable(closeCode)) {
                throw WebSocketFault.protocol("Close code " + closeCode + " must not be sent");
            }
            utf8.reset(); // no message goes on behind a close
            if (!utf8.accept(control.array(), 2, control.size()) || !utf8.isComplete()) {
                throw new WebSocketFault(CloseCode.INVALID_DATA, "The reason of a close is not UTF-8");
            }
            closeReason = new String(control.array(), 2, control.size() - 2, UTF_8);
        }
        return Found.CLOSE;
    }

    // ---- what was found

    /** The octets of the message, the piece or the control frame; valid until the next call of {@link #next}. */
    public ByteBuffer data() {
        if (found != Found.DATA) {
            return control.content();
        }
        return inPlace == NOTHING ? message.content() : inPlace.clear();
    }

    /** A message as text. */
    public String text() {
        return new String(message.array(), 0, message.size(), UTF_8);
    }

    /** Whether the message is text; otherwise it is binary. */
    public boolean isText() {
        return text;
    }

    /** Whether the message ends with this piece. */
    public boolean isEnd() {
        return end;
    }

    /** Whether a message has begun and not ended. */
    public boolean isInMessage() {
        return inMessage;
    }

    /** The memory of a message that has not ended, in octets. */
    public int kept() {
        return returned || message.size() == 0 ? 0 : message.capacity();
    }

    /** The code of the peer's close; {@link CloseCode#NONE} when it has none. */
    public int closeCode() {
        return closeCode;
    }

    public String closeReason() {
        return closeReason;
    }
}
