package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.Allowance;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.FrameWriter;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.http.wire.frames.Setting;
import org.pollux.http.wire.hpack.HpackEncoder;
import org.pollux.reactor.Connection;

/**
 * Writes frames to a connection, and knows how much may be written: by the client's window for the connection (RFC 9113,
 * section 5.2), and by the bytes that wait to be sent. For the loop's thread.
 */
final class FrameOutput {

    private final Connection connection;
    private final Http2Loop loop;
    private final Allowance overhead;
    private final PeerSettings peer;
    private final HpackEncoder encoder;

    /** Octets of bodies that the client takes on all streams together. */
    private long window = new PeerSettings().window();

    /** Whether more bytes wait to be sent than the high-water mark. */
    private boolean full;

    /** The frames that respond to frames of the client, and wait since then. */
    private int waitingControls;

    /** The frames of a task; null outside one, and in callbacks, whose writes the connection gathers itself. */
    private @Nullable ByteBuffer gathered;

    FrameOutput(Connection connection, Http2Loop loop, PeerSettings peer, Allowance overhead) {
        this.connection = connection;
        this.loop = loop;
        this.peer = peer;
        this.overhead = overhead;
        this.encoder = new HpackEncoder(loop.limits().table());
    }

    boolean isFull() {
        return full;
    }

    /** The client reads again. */
    void drained() {
        full = false;
        waitingControls = 0;
        loop.slowReaders().forget(connection);
    }

    /** The connection has closed. Frames that other streams still have for it are dropped, and not watched. */
    void gone() {
        full = true;
        loop.slowReaders().forget(connection);
    }

    HpackEncoder encoder() {
        return encoder;
    }

    /** Octets of the payload of a frame. */
    int mostFrame() {
        return Math.min(peer.frame(), loop.largestFrame());
    }

    // ---- the window

    /** Octets of bodies that may be sent now. */
    long window() {
        return window;
    }

    /** Octets of a body were sent. The client may widen its windows for them. */
    void sent(int octets) {
        window -= octets;
        overhead.giveForBody(octets);
    }

    /** The client takes more. False when the window would be larger than it may be. */
    boolean widen(int increment) {
        window += increment;
        return window <= Integer.MAX_VALUE;
    }

    // ---- frames

    /** An empty buffer for frames, which {@link #send} writes. */
    Bytes begin() {
        return loop.scratch().clear();
    }

    void send(Bytes frames) {
        write(frames.content());
    }

    /** Writes a part of a frame. */
    void write(ByteBuffer data) {
        ByteBuffer frames = gathered;
        if (frames == null) {
            pass(data);
            return;
        }
        if (data.remaining() > frames.remaining()) {
            flush();
        }
        if (data.remaining() > frames.remaining()) {
            pass(data);
        } else {
            frames.put(data);
        }
    }

    private void pass(ByteBuffer data) {
        boolean room = connection.write(data);
        if (!room && !full) {
            full = true;
            loop.slowReaders().watch(connection);
        }
    }

    // ---- tasks, whose frames leave together: each write outside a callback is a call of the system

    /** A task of the loop begins. */
    void beginTask() {
        gathered = loop.takeGathered();
    }

    /** A task has ended. */
    void endTask() {
        flush();
        ByteBuffer empty = gathered;
        gathered = null;
        if (empty != null) {
            loop.giveGathered(empty);
        }
    }

    /** Hands to the connection what was gathered. */
    void flush() {
        ByteBuffer frames = gathered;
        if (frames != null && frames.position() > 0) {
            pass(frames.flip());
            frames.clear();
        }
    }

    // ---- kinds of frames

    void settings() {
        Bytes out = begin();
        FrameWriter.settings(out, 6);
        FrameWriter.setting(out, Setting.MAX_CONCURRENT_STREAMS, loop.limits().streams());
        FrameWriter.setting(out, Setting.INITIAL_WINDOW_SIZE, loop.limits().window());
        FrameWriter.setting(out, Setting.HEADER_TABLE_SIZE, loop.limits().table());
        FrameWriter.setting(
                out, Setting.MAX_HEADER_LIST_SIZE, loop.settings().head().head());
        FrameWriter.setting(out, Setting.ENABLE_CONNECT_PROTOCOL, 1);
        FrameWriter.setting(out, Setting.NO_RFC7540_PRIORITIES, 1);
        int more = loop.limits().connectionWindow() - new PeerSettings().window();
        if (more > 0) {
            FrameWriter.windowUpdate(out, 0, more);
        }
        send(out);
    }

    void settingsAck() {
        Bytes out = begin();
        FrameWriter.settingsAck(out);
        control(out);
    }

    void pingAck(ByteBuffer payload) {
        Bytes out = begin();
        FrameWriter.pingAck(out, payload);
        control(out);
    }

    void reset(int stream, ErrorCode error) {
        Bytes out = begin();
        FrameWriter.reset(out, stream, error);
        control(out);
    }

    void windowUpdate(int stream, int increment) {
        Bytes out = begin();
        FrameWriter.windowUpdate(out, stream, increment);
        control(out);
    }

    void goAway(int last, ErrorCode error) {
        Bytes out = begin();
        FrameWriter.goAway(out, last, error);
        send(out);
    }

    private void control(Bytes out) {
        if (full) {
            waitingControls++;
        }
        send(out);
    }

    /** Whether too many responses to the client's own frames wait, because it does not read them. */
    boolean hasTooManyControls() {
        return waitingControls > loop.limits().controlFrames();
    }
}
