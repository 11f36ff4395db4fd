package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * Cuts a connection's bytes and presents the frames. A frame that came at once is presented where it lies. Of one that
 * did not, the beginning is held, for the connection keeps 64 KiB at most; as soon as it is complete, the rest is taken
 * from where it lies again. So what is held is never a whole frame: whole ones wait in the connection while reading is
 * paused, and come back by themselves.
 */
final class FrameReader implements ConnectionHandler {

    private final Cut cut;
    private final FrameHandler handler;
    private final Held held = new Held();

    /** What the peer did wrong; known before the connection's end. */
    private @Nullable FrameException fault;

    FrameReader(Cut cut, FrameHandler handler) {
        this.cut = cut;
        this.handler = handler;
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

    /** Adds a part of what came to what is held, as much as is likely to be needed; gives back what was not. */
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

    /** Presents the frame that was found, and goes on to the next. */
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
}
