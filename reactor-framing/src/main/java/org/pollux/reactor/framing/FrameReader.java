package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Snapshot;

/**
 * Cuts the bytes of a connection and presents the frames. A frame that arrives whole is presented in place. The
 * beginning of an incomplete frame is held, because the connection keeps at most 64 KiB. When the frame is complete,
 * further bytes are presented in place again. So a whole frame is never held: whole frames wait in the connection while
 * reading is paused.
 */
final class FrameReader implements ConnectionHandler {

    private final Cut cut;
    private final FrameHandler handler;
    private final Held held = new Held();

    /** The fault of the peer. It is known before the connection ends. */
    private @Nullable FrameException fault;

    FrameReader(Cut cut, FrameHandler handler) {
        this.cut = cut;
        this.handler = handler;
    }

    /** Continues with the beginning of a frame that another reader has held. */
    FrameReader(Cut cut, FrameHandler handler, ByteBuffer beginning) {
        this(cut, handler);
        held.append(beginning, beginning.remaining());
        if (!held.isEmpty() && !isBeginning(held.view())) {
            throw new IllegalArgumentException(
                    "this framing has no frames that begin with the " + held.size() + " bytes that have come");
        }
    }

    private boolean isBeginning(ByteBuffer bytes) {
        try {
            return !cut.find(bytes, false) && cut.wanted(held.size()) > 0;
        } catch (FrameException e) {
            return false;
        }
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        try {
            while (in.hasRemaining() && connection.isOpen() && !connection.isReadingPaused()) {
                if (!held.isEmpty()) {
                    complete(connection, in);
                } else if (cut.find(in, false)) {
                    present(connection, in);
                } else {
                    held.append(in, in.remaining());
                }
            }
        } catch (FrameException e) {
            fail(connection, e);
        }
    }

    /** Adds some of the new bytes to the held ones, as many as are probably needed, and gives the others back. */
    private void complete(Connection connection, ByteBuffer in) throws FrameException {
        int added = Math.min(in.remaining(), cut.wanted(held.size()));
        held.append(in, added);
        ByteBuffer bytes = held.view();
        if (cut.find(bytes, false)) {
            present(connection, bytes);
            int back = Math.min(bytes.remaining(), added);
            in.position(in.position() - back);
            held.keep(bytes.position(), bytes.remaining() - back);
        }
    }

    /** Presents the found frame, and moves to the next one. */
    private void present(Connection connection, ByteBuffer bytes) {
        int begin = bytes.position();
        int end = bytes.limit();
        int next = begin + cut.next;
        bytes.limit(begin + cut.to).position(begin + cut.from);
        handler.onFrame(connection, bytes);
        bytes.limit(end).position(next);
    }

    @Override
    public void onInputClosed(Connection connection) {
        ByteBuffer rest = held.view();
        try {
            while (rest.hasRemaining() && connection.isOpen() && cut.find(rest, true)) {
                present(connection, rest);
            }
        } catch (FrameException e) {
            fail(connection, e);
        }
        int length = rest.remaining();
        if (length > 0 && connection.isOpen() && !handler.onRemainder(connection, rest)) {
            fault = new FrameException("The stream ended after " + length + " bytes of a frame");
        }
        held.clear();
        if (connection.isOpen()) {
            handler.onInputClosed(connection);
        }
    }

    private void fail(Connection connection, FrameException e) {
        fault = e;
        held.clear();
        connection.close();
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        held.clear();
        handler.onClosed(connection, fault != null ? fault : cause);
    }

    // ---- what concerns no frame

    @Override
    public void onOpen(Connection connection) {
        handler.onOpen(connection);
    }

    @Override
    public void onDrained(Connection connection) {
        handler.onDrained(connection);
    }

    @Override
    public void onTimeout(Connection connection) {
        handler.onTimeout(connection);
    }

    @Override
    public void onShutdown(Connection connection) {
        handler.onShutdown(connection);
    }

    @Override
    public Snapshot snapshot(Connection connection) {
        Snapshot own = handler.snapshot(connection);
        if (!own.hasState() || held.isEmpty()) {
            return own;
        }
        int size = own.state().remaining() + held.size();
        return size > Snapshot.LIMIT
                ? Snapshot.later() // a large frame is completed first
                : Snapshot.of(ByteBuffer.allocate(size)
                        .put(own.state())
                        .put(held.view())
                        .flip());
    }
}
