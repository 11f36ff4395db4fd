package org.pollux.http.server.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.limits.LimitKind;
import org.pollux.http.wire.frames.Allowance;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.Flags;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.FrameType;
import org.pollux.http.wire.frames.HeadBlock;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.http.wire.hpack.FieldSink;
import org.pollux.http.wire.hpack.HpackDecoder;

/**
 * What the frames of a client mean for its connection and its streams (RFC 9113, sections 5 and 6). A frame that breaks a
 * rule ends its stream, or the connection when the rule is the connection's. Frames that bring neither a request nor a body
 * are counted, since each costs the server as much as the client. It has one method for each type of frame.
 */
final class InboundFrames {

    /** The size that a client's table may have before it knows the server's setting (RFC 9113, section 6.5.2). */
    private static final int INITIAL_TABLE = 4096;

    /** The frames without a request or a body that a client may send for each request. */
    private static final int FOR_A_REQUEST = 8;

    private final Http2Connection connection;
    private final Http2Loop loop;
    private final Streams streams;
    private final Allowance overhead;
    private final PeerSettings peer = new PeerSettings();
    private final HpackDecoder decoder;
    private final HeadBlock block = new HeadBlock();
    private final EarlyPriorities early = new EarlyPriorities();

    /** Whether the settings have come that begin each connection (RFC 9113, section 3.4). */
    private boolean begun;

    /** Whether the client has acknowledged the settings of the server, which bind it from then on. */
    private boolean settled;

    /** The highest number of a stream that the client has opened. */
    private int highestStream;

    /** The highest one that is not ignored, as GOAWAY tells it. */
    private int lastStream;

    InboundFrames(Http2Connection connection, Http2Loop loop, Streams streams, Allowance overhead) {
        this.connection = connection;
        this.loop = loop;
        this.streams = streams;
        this.overhead = overhead;
        this.decoder = new HpackDecoder(Math.max(loop.limits().table(), INITIAL_TABLE));
    }

    PeerSettings peer() {
        return peer;
    }

    int lastStream() {
        return lastStream;
    }

    /** Whether the client has acknowledged the settings of the server. */
    boolean isSettled() {
        return settled;
    }

    /** Whether a head has arrived in part. */
    boolean isInHead() {
        return block.isOpen();
    }

    /** Takes a frame, whose payload is the rest of the buffer. */
    void take(FrameReader frame, ByteBuffer payload) {
        FrameType type = frame.type();
        boolean outside = block.isOpen() && (type != FrameType.CONTINUATION || frame.stream() != block.stream());
        if (outside || (!begun && (type != FrameType.SETTINGS || frame.has(Flags.ACK)))) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
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
            case PRIORITY -> priority(frame);
            case PRIORITY_UPDATE -> priorityUpdate(payload);
            case GOAWAY -> connection.clientLeaves();
            case PUSH_PROMISE -> connection.fail(ErrorCode.PROTOCOL_ERROR);
            case UNKNOWN -> {
                boolean _ = countOverhead();
            }
        }
        if (connection.output().hasTooManyControls()) {
            loop.counts().met(LimitKind.CONTROL_FRAMES);
            connection.fail(ErrorCode.ENHANCE_YOUR_CALM);
        }
    }

    /** Counts a frame without a request or a body. False when there were too many, and the connection ends. */
    private boolean countOverhead() {
        return countOverhead(0);
    }

    /** The same for a frame with so many octets of a body that nobody wants. */
    private boolean countOverhead(int octets) {
        if (overhead.takeForBody(octets, loop.nanos())) {
            connection.checkIdle();
            return true;
        }
        loop.counts().met(LimitKind.OVERHEAD);
        connection.fail(ErrorCode.ENHANCE_YOUR_CALM);
        return false;
    }

    /** Whether no frame for the stream may come yet: the client has not opened it, or never can. */
    private boolean isIdle(int stream) {
        return stream > highestStream || stream % 2 == 0;
    }

    // ---- bodies

    private void data(FrameReader frame, ByteBuffer payload) {
        int id = frame.stream();
        boolean last = frame.has(Flags.END_STREAM);
        int octets = frame.length();
        if (isIdle(id)) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
            return;
        }
        if (!connection.arrived(octets)) {
            connection.fail(ErrorCode.FLOW_CONTROL_ERROR);
            return;
        }
        if (!payload.hasRemaining() && !last && !countOverhead()) {
            return;
        }
        Http2Stream stream = streams.find(id);
        if (stream == null) {
            connection.consumed(octets);
            late(id, payload.remaining());
            return;
        }
        ErrorCode error = stream.data(payload, octets, last);
        if (error != null) {
            connection.consumed(octets);
            connection.fault(stream, error);
        }
    }

    /**
     * A frame of a request has come for a stream that is over, or that is ignored. It was on its way when the server has reset
     * the stream, or has sent GOAWAY.
     */
    private void late(int id, int octets) {
        if (id > lastStream || streams.isReset(id)) {
            boolean _ = countOverhead(octets);
        } else {
            connection.fail(ErrorCode.STREAM_CLOSED);
        }
    }

    // ---- heads

    private void headers(FrameReader frame, ByteBuffer payload) {
        int id = frame.stream();
        boolean ends = frame.has(Flags.END_STREAM);
        if (id % 2 == 0) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
        } else if (payload.remaining() > mostOctets()) {
            tooLarge();
        } else if (frame.has(Flags.END_HEADERS)) {
            head(id, ends, payload);
        } else {
            block.begin(id, ends, payload);
        }
    }

    private void continuation(FrameReader frame, ByteBuffer payload) {
        if (!block.isOpen()) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
            return;
        }
        if (block.size() + payload.remaining() > mostOctets()) {
            tooLarge();
            return;
        }
        block.continueWith(payload);
        if (block.continuations() > loop.limits().continuations()) {
            loop.counts().met(LimitKind.CONTINUATIONS);
            connection.tellRefused(431);
            connection.fail(ErrorCode.ENHANCE_YOUR_CALM);
        } else if (frame.has(Flags.END_HEADERS)) {
            head(frame.stream(), block.endsStream(), block.end());
            block.clear();
        }
    }

    private int mostOctets() {
        return loop.settings().head().head();
    }

    /** A block that is not read to its end would leave the table of fields different from the client's. */
    private void tooLarge() {
        loop.counts().met(LimitKind.HEAD);
        connection.tellRefused(431);
        connection.fail(ErrorCode.ENHANCE_YOUR_CALM);
    }

    private boolean decode(ByteBuffer octets, FieldSink sink) {
        boolean valid = decoder.decode(octets, sink);
        if (!valid) {
            connection.fail(ErrorCode.COMPRESSION_ERROR);
        }
        return valid;
    }

    private void head(int id, boolean ends, ByteBuffer octets) {
        Http2Stream stream = streams.find(id);
        if (stream != null) {
            trailers(stream, ends, octets);
        } else if (id <= highestStream) {
            if (decode(octets, loop.trailers())) {
                late(id, 0);
            }
        } else {
            request(id, ends, octets);
        }
    }

    private void request(int id, boolean ends, ByteBuffer octets) {
        RequestHeadReader head = loop.head();
        if (!decode(octets, head)) {
            return;
        }
        highestStream = id;
        if (connection.isLast()) {
            boolean _ = countOverhead();
            return;
        }
        lastStream = id;
        if (connection.isBusy()) {
            loop.counts().met(LimitKind.STREAMS);
            connection.refuse(id, ends, ErrorCode.REFUSED_STREAM);
            boolean _ = countOverhead();
        } else if (!head.end(ends)) {
            if (connection.countReset()) {
                connection.refuse(id, ends, ErrorCode.PROTOCOL_ERROR);
                connection.tellRefused(400);
            }
        } else {
            overhead.give(FOR_A_REQUEST);
            head.priority(early.take(id));
            connection.serve(id, head, ends);
        }
    }

    private void trailers(Http2Stream stream, boolean ends, ByteBuffer octets) {
        TrailerReader fields = loop.trailers();
        if (!decode(octets, fields)) {
            return;
        }
        if (stream.hasInputEnded()) {
            connection.fault(stream, ErrorCode.STREAM_CLOSED);
        } else if (!ends || fields.isMalformed()) {
            connection.fault(stream, ErrorCode.PROTOCOL_ERROR);
        } else if (fields.isTooLarge()) {
            stream.bodyFailed(431, new IOException("The trailers are longer, or more, than the server's limit"));
        } else {
            ErrorCode error = stream.trailers(fields.copy());
            if (error != null) {
                connection.fault(stream, error);
            }
        }
    }

    // ---- other frames of streams

    private void reset(FrameReader frame, ByteBuffer payload) {
        Http2Stream stream = streams.find(frame.stream());
        if (isIdle(frame.stream())) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
        } else if (stream == null) {
            boolean _ = countOverhead();
        } else {
            connection.cancelled(stream, ErrorCode.of(payload.getInt()));
        }
    }

    private void windowUpdate(FrameReader frame, ByteBuffer payload) {
        if (!countOverhead()) {
            return;
        }
        int id = frame.stream();
        int increment = payload.getInt() & Integer.MAX_VALUE;
        if (id == 0) {
            if (increment == 0) {
                connection.fail(ErrorCode.PROTOCOL_ERROR);
            } else if (!connection.output().widen(increment)) {
                connection.fail(ErrorCode.FLOW_CONTROL_ERROR);
            }
            return;
        }
        Http2Stream stream = streams.find(id);
        if (isIdle(id)) {
            connection.fail(ErrorCode.PROTOCOL_ERROR);
        } else if (stream != null && increment == 0) {
            connection.fault(stream, ErrorCode.PROTOCOL_ERROR);
        } else if (stream != null && !stream.output().widen(increment)) {
            connection.fault(stream, ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    /** The priorities of RFC 7540 are ignored (RFC 9113, section 5.3.2). */
    private void priority(FrameReader frame) {
        Http2Stream stream = streams.find(frame.stream());
        if (countOverhead() && stream != null && !frame.hasPriorityLength()) {
            connection.fault(stream, ErrorCode.FRAME_SIZE_ERROR);
        }
    }

    private void priorityUpdate(ByteBuffer payload) {
        int id = payload.getInt() & Integer.MAX_VALUE;
        if (id % 2 == 0) { // the connection, or a push, which this server does not send
            connection.fail(ErrorCode.PROTOCOL_ERROR);
            return;
        }
        Http2Stream stream = streams.find(id);
        if (!countOverhead()) {
            return;
        }
        if (stream != null) {
            stream.output().priority(Priority.of(payload));
        } else if (isIdle(id)) {
            early.put(id, Priority.of(payload));
        }
    }

    // ---- frames of the connection

    private void settings(FrameReader frame, ByteBuffer payload) {
        if (begun && !countOverhead()) {
            return;
        }
        if (frame.has(Flags.ACK)) {
            settle();
            return;
        }
        begun = true;
        int before = peer.window();
        ErrorCode fault = peer.take(payload);
        if (fault == null && before != peer.window()) {
            fault = widenAll((long) peer.window() - before);
        }
        if (fault != null) {
            connection.fail(fault);
            return;
        }
        connection.output().encoder().limit(peer.leastTableSize());
        connection.output().encoder().limit(peer.tableSize());
        connection.output().settingsAck();
    }

    /** The client has acknowledged the server's settings. */
    private void settle() {
        if (!settled) {
            settled = true;
            decoder.limit(loop.limits().table());
            streams.all().forEach(Http2Stream::settled);
        }
    }

    /** A changed initial window changes the windows of all streams (RFC 9113, section 6.9.2). */
    private @Nullable ErrorCode widenAll(long change) {
        for (Http2Stream stream : streams.all()) {
            if (!stream.output().widen(change)) {
                return ErrorCode.FLOW_CONTROL_ERROR;
            }
        }
        return null;
    }

    private void ping(FrameReader frame, ByteBuffer payload) {
        if (countOverhead() && !frame.has(Flags.ACK)) {
            connection.output().pingAck(payload);
        }
    }
}
