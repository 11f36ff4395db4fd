package org.pollux.http.client.h2;

import java.nio.ByteBuffer;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.Flags;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.FrameType;
import org.pollux.http.wire.frames.FrameWriter;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.http.wire.frames.Setting;
import org.pollux.http.wire.hpack.HpackEncoder;
import org.pollux.reactor.Connection;

/**
 * Writes frames to a connection, and knows how much of bodies may be written: by the server's window for the connection (RFC
 * 9113, section 5.2), and by the bytes that wait to be sent. For the loop's thread.
 */
final class FrameOutput {

    /** What a client sends first (RFC 9113, section 3.4). */
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** Octets of the table of the encoder, at most. */
    private static final int TABLE = 4096;

    /** Octets that may wait for a server that does not read: bodies stop long before, so the rest responds to its frames. */
    private static final int FLOODED = 512 * 1024;

    private final Connection connection;
    private final PeerSettings peer;
    private final HpackEncoder encoder = new HpackEncoder(TABLE);
    private final Bytes scratch = new Bytes(256);

    /** Octets of bodies that the server takes on all streams together. */
    private long window = new PeerSettings().window();

    private boolean full;

    FrameOutput(Connection connection, PeerSettings peer) {
        this.connection = connection;
        this.peer = peer;
    }

    /** Begins the connection. No server pushes, and the connection's window is never in the way of a stream's. */
    void begin(ClientSettings settings, long connectionWindow) {
        Bytes out = scratch.clear().add(PREFACE);
        FrameWriter.settings(out, 3);
        FrameWriter.setting(out, Setting.ENABLE_PUSH, 0);
        FrameWriter.setting(out, Setting.INITIAL_WINDOW_SIZE, settings.http2().window());
        FrameWriter.setting(out, Setting.MAX_HEADER_LIST_SIZE, settings.headLimit());
        int more = (int) connectionWindow - new PeerSettings().window();
        if (more > 0) {
            FrameWriter.windowUpdate(out, 0, more);
        }
        send(out);
    }

    HpackEncoder encoder() {
        return encoder;
    }

    private void send(Bytes frames) {
        full |= !connection.write(frames.content());
    }

    /** Whether more bytes wait to be sent than the high-water mark. */
    boolean isFull() {
        return full;
    }

    void drained() {
        full = false;
    }

    /** Whether the server makes this side write, and does not read it. */
    boolean isFlooded() {
        return full && connection.pending() > FLOODED;
    }

    // ---- bodies

    /** Octets of bodies that may be sent now in one frame. */
    int room() {
        return full ? 0 : (int) Math.min(window, Math.min(peer.frame(), FrameReader.LEAST_MOST));
    }

    /** The server takes more. False when the window would be larger than it may be. */
    boolean widen(int increment) {
        window += increment;
        return window <= Integer.MAX_VALUE;
    }

    /** Writes a piece of a body, for which there is room. */
    void data(int stream, ByteBuffer piece, boolean last) {
        int length = piece.remaining();
        Bytes out = scratch.clear();
        FrameWriter.header(out, length, FrameType.DATA, last ? Flags.END_STREAM : Flags.NONE, stream);
        window -= length;
        send(out);
        full |= !connection.write(piece);
    }

    // ---- other frames

    /** Writes the head of a request. */
    void head(int stream, Bytes block, boolean endsStream) {
        Bytes out = scratch.clear();
        FrameWriter.headers(out, stream, endsStream, block, peer.frame());
        send(out);
    }

    void settingsAck() {
        Bytes out = scratch.clear();
        FrameWriter.settingsAck(out);
        send(out);
    }

    void ping() {
        Bytes out = scratch.clear();
        FrameWriter.ping(out, 0);
        send(out);
    }

    void pingAck(ByteBuffer payload) {
        Bytes out = scratch.clear();
        FrameWriter.pingAck(out, payload);
        send(out);
    }

    void reset(int stream, ErrorCode error) {
        Bytes out = scratch.clear();
        FrameWriter.reset(out, stream, error);
        send(out);
    }

    void windowUpdate(int stream, int increment) {
        Bytes out = scratch.clear();
        FrameWriter.windowUpdate(out, stream, increment);
        send(out);
    }

    /** Tells that this side ends. The server opens no streams, so none was processed. */
    void goAway(ErrorCode error) {
        Bytes out = scratch.clear();
        FrameWriter.goAway(out, 0, error);
        send(out);
    }
}
