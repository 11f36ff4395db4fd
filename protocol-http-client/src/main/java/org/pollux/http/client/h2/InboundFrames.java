package org.pollux.http.client.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.frames.Allowance;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.Flags;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.FrameType;
import org.pollux.http.wire.frames.HeadBlock;
import org.pollux.http.wire.frames.InputWindow;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.http.wire.hpack.HpackDecoder;

/**
 * What the frames of a server mean for its connection and its streams (RFC 9113, sections 5 and 6). A frame that breaks a rule
 * ends its stream, or the connection when the rule is the connection's. Frames that bring nothing of a response are counted,
 * because a server could send them without end. It has one method for each type of frame.
 */
final class InboundFrames {

    /** Octets of the table of the decoder: the initial size, which is not changed. */
    private static final int TABLE = 4096;

    /** CONTINUATION frames of one head. */
    private static final int CONTINUATIONS = 8;

    /** Frames that bring nothing of a response: so many in a row, and so many in a second. */
    private static final int OVERHEAD = 1000;

    private static final int OVERHEAD_RATE = 100;

    /** The frames of that kind that come with each response. */
    private static final int FOR_A_RESPONSE = 8;

    /** What is shown of a text in GOAWAY. */
    private static final int SHOWN = 80;

    private final Http2Connection connection;
    private final PeerSettings peer;
    private final ResponseFields fields;
    private final Allowance overhead;
    private final HpackDecoder decoder = new HpackDecoder(TABLE);
    private final HeadBlock block = new HeadBlock();
    private final InputWindow window = new InputWindow();
    private final int mostHead;

    /** Whether the settings have come that begin each connection (RFC 9113, section 3.4). */
    private boolean begun;

    /** The last stream that the server processes; it may only fall. */
    private int last = Integer.MAX_VALUE;

    InboundFrames(Http2Connection connection, PeerSettings peer, int mostHead, int connectionWindow, long now) {
        this.connection = connection;
        this.peer = peer;
        this.mostHead = mostHead;
        this.fields = new ResponseFields(mostHead);
        this.overhead = new Allowance(OVERHEAD, OVERHEAD_RATE, now);
        window.begin(connectionWindow);
    }

    /** Whether the server has shown that it speaks HTTP/2. */
    boolean hasBegun() {
        return begun;
    }

    /** Takes a frame, whose payload is the rest of the buffer. */
    void take(FrameReader frame, ByteBuffer payload) {
        FrameType type = frame.type();
        if (!begun && (type != FrameType.SETTINGS || frame.has(Flags.ACK))) {
            connection.fail(ErrorCode.PROTOCOL_ERROR, "its first frame is " + type + ", not SETTINGS");
            return;
        }
        if (block.isOpen() && (type != FrameType.CONTINUATION || frame.stream() != block.stream())) {
            connection.fail(ErrorCode.PROTOCOL_ERROR, type + " comes inside a head");
            return;
        }
        switch (type) {
            case DATA -> data(frame, payload);
            case HEADERS -> headers(frame, payload);
            case CONTINUATION -> continuation(frame, payload);
            case RST_STREAM -> reset(frame, payload);
            case SETTINGS -> settings(frame, payload);
            case PING -> ping(frame, payload);
            case WINDOW_UPDATE -> windowUpdate(frame, payload);
            case GOAWAY -> goAway(payload);
            case PUSH_PROMISE ->
                connection.fail(ErrorCode.PROTOCOL_ERROR, "it pushes a response, which the client does not allow");
            case PRIORITY, PRIORITY_UPDATE, UNKNOWN -> countOverhead();
        }
        if (connection.output().isFlooded()) {
            connection.fail(ErrorCode.ENHANCE_YOUR_CALM, "it does not read what it asks for");
        }
    }

    /** Counts a frame that brings nothing of a response. False when there were too many, and the connection ends. */
    private boolean countOverhead() {
        return countOverhead(0);
    }

    /** The same for a frame with so many octets of a body that nobody wants. */
    private boolean countOverhead(int octets) {
        boolean few = overhead.takeForBody(octets, connection.nanoTime());
        if (!few) {
            connection.fail(ErrorCode.ENHANCE_YOUR_CALM, "it sends too many frames that bring nothing of a response");
        }
        return few;
    }

    /** False when the client has never opened the stream, and the connection ends. */
    private boolean wasOpened(FrameReader frame) {
        boolean opened = connection.wasOpened(frame.stream());
        if (!opened) {
            connection.fail(
                    ErrorCode.PROTOCOL_ERROR, frame.type() + " comes for a stream that is not open: " + frame.stream());
        }
        return opened;
    }

    // ---- bodies

    private void data(FrameReader frame, ByteBuffer payload) {
        if (!wasOpened(frame)) {
            return;
        }
        int octets = frame.length();
        if (!window.take(octets)) {
            connection.fail(ErrorCode.FLOW_CONTROL_ERROR, "it sends more than it may");
            return;
        }
        int told = window.consumed(octets); // a stream that is not read has a window of its own
        if (told > 0) {
            connection.output().windowUpdate(0, told);
        }
        boolean ends = frame.has(Flags.END_STREAM);
        @Nullable Http2Stream stream = connection.find(frame.stream());
        boolean bringsNothing = stream == null || (!payload.hasRemaining() && !ends);
        if (bringsNothing && !countOverhead(payload.remaining())) {
            return;
        }
        if (stream != null) {
            stream.data(payload, octets, ends);
        }
    }

    // ---- heads

    private void headers(FrameReader frame, ByteBuffer payload) {
        boolean ends = frame.has(Flags.END_STREAM);
        if (!wasOpened(frame) || !fits(payload.remaining())) {
            return;
        }
        if (frame.has(Flags.END_HEADERS)) {
            head(frame.stream(), ends, payload);
        } else {
            block.begin(frame.stream(), ends, payload);
        }
    }

    private void continuation(FrameReader frame, ByteBuffer payload) {
        if (!block.isOpen()) {
            connection.fail(ErrorCode.PROTOCOL_ERROR, "CONTINUATION comes outside a head");
            return;
        }
        if (!fits(block.size() + payload.remaining())) {
            return;
        }
        block.continueWith(payload);
        if (block.continuations() > CONTINUATIONS) {
            connection.fail(
                    ErrorCode.ENHANCE_YOUR_CALM, "a head has more than " + CONTINUATIONS + " CONTINUATION frames");
        } else if (frame.has(Flags.END_HEADERS)) {
            head(frame.stream(), block.endsStream(), block.end());
            block.clear();
        }
    }

    /** A block that is not read to its end would leave the table of fields different from the server's. */
    private boolean fits(int octets) {
        if (octets > mostHead) {
            connection.fail(ErrorCode.ENHANCE_YOUR_CALM, "a head is longer than " + mostHead + " bytes");
            return false;
        }
        return true;
    }

    private void head(int id, boolean ends, ByteBuffer octets) {
        fields.begin();
        if (!decoder.decode(octets, fields)) {
            connection.fail(ErrorCode.COMPRESSION_ERROR, "a head is not valid HPACK");
            return;
        }
        @Nullable Http2Stream stream = connection.find(id);
        if (stream == null) {
            countOverhead(); // it was on its way when the stream was given up
        } else {
            overhead.give(FOR_A_RESPONSE);
            stream.head(fields, ends);
        }
    }

    // ---- other frames of streams

    private void reset(FrameReader frame, ByteBuffer payload) {
        if (wasOpened(frame) && countOverhead()) {
            @Nullable Http2Stream stream = connection.find(frame.stream());
            if (stream != null) {
                connection.wasReset(stream, ErrorCode.of(payload.getInt()));
            }
        }
    }

    /** This side has sent a frame of a body, for which the server widens two windows. */
    void mayWiden(int octets) {
        overhead.giveForBody(octets);
    }

    private void windowUpdate(FrameReader frame, ByteBuffer payload) {
        int increment = payload.getInt() & Integer.MAX_VALUE;
        if (frame.stream() == 0) {
            if (countOverhead() && (increment == 0 || !connection.output().widen(increment))) {
                connection.fail(ErrorCode.FLOW_CONTROL_ERROR, "it widens the window by " + increment);
            }
        } else if (wasOpened(frame) && countOverhead()) {
            @Nullable Http2Stream stream = connection.find(frame.stream());
            if (stream != null && (increment == 0 || !stream.widen(increment))) {
                connection.fail(ErrorCode.FLOW_CONTROL_ERROR, "it widens the window of a stream by " + increment);
            } else if (stream != null) {
                connection.uploads().offer(stream);
            }
        }
    }

    // ---- frames of the connection

    private void settings(FrameReader frame, ByteBuffer payload) {
        if ((begun && !countOverhead()) || frame.has(Flags.ACK)) {
            return;
        }
        begun = true;
        int before = peer.window();
        @Nullable ErrorCode fault = peer.take(payload);
        if (fault == null && !connection.widenAll((long) peer.window() - before)) {
            fault = ErrorCode.FLOW_CONTROL_ERROR;
        }
        if (fault != null) {
            connection.fail(fault, "it tells settings that are not valid");
            return;
        }
        connection.output().encoder().limit(peer.leastTableSize());
        connection.output().encoder().limit(peer.tableSize());
        connection.output().settingsAck();
        connection.settled();
    }

    private void ping(FrameReader frame, ByteBuffer payload) {
        if (countOverhead() && !frame.has(Flags.ACK)) {
            connection.output().pingAck(payload);
        }
    }

    private void goAway(ByteBuffer payload) {
        int id = payload.getInt() & Integer.MAX_VALUE;
        ErrorCode error = ErrorCode.of(payload.getInt());
        if (id > last) {
            connection.fail(ErrorCode.PROTOCOL_ERROR, "its last stream rises from " + last + " to " + id);
            return;
        }
        last = id;
        byte[] text = new byte[Math.min(SHOWN, payload.remaining())];
        payload.get(text);
        String shown = new String(text, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
        connection.leavesAfter(id, error, shown.isEmpty() ? "" : " ('" + shown + "')");
    }
}
