package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The inbound half of a connection: what was read and not taken, whether reading is paused, and the end of the stream. */
final class StreamInput {

    private final StreamConnection connection;
    private @Nullable ByteBuffer unread;
    /** Written by the loop, read by any thread. */
    private volatile boolean paused;

    private boolean resuming;
    private boolean ended;

    StreamInput(StreamConnection connection) {
        this.connection = connection;
    }

    boolean isWanted() {
        return !paused && !resuming && !ended;
    }

    /** Whether the peer's FIN was read. */
    boolean isEnded() {
        return ended;
    }

    /** Reads once, and presents what came behind what was left. */
    void read() throws IOException {
        ByteBuffer in = emptyInbound();
        int left = 0;
        if (unread != null) {
            left = unread.limit();
            in.put(0, unread, 0, left).position(left);
        }
        int count = receive(in);
        if (count > 0) {
            long before = connection.lastActivity;
            present(in.flip());
            if (connection.lastActivity == before) { // otherwise an answer was sent, and the clock read for that
                connection.touch();
            }
        } else if (count < 0) {
            connection.inputClosed();
        }
    }

    /** Reads once, and throws away what came. */
    void discard() throws IOException {
        receive(emptyInbound());
    }

    boolean isPaused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused) {
            paused = false;
            if (!resuming) { // what the present callback leaves counts, too, so it is not looked at yet
                resuming = true;
                connection.loop.defer(this::presentUnread);
            }
        }
    }

    void clear() {
        keepNothing();
    }

    private void keepNothing() {
        if (unread != null) {
            connection.holding().addInbound(-unread.capacity());
            unread = null;
        }
    }

    /** As every handler expects it, whatever the last one has made of it. */
    private ByteBuffer emptyInbound() {
        return connection.loop.buffers().inbound.clear().order(ByteOrder.BIG_ENDIAN);
    }

    private int receive(ByteBuffer in) throws IOException {
        int count = connection.registration.read(in);
        if (count > 0) {
            connection.loop.counters().read(count);
            connection.received(count);
        } else if (count < 0) {
            ended = true;
            keepNothing(); // it was presented, and no more comes behind it
        }
        return count;
    }

    private void presentUnread() {
        resuming = false;
        ByteBuffer left = unread;
        if (left != null && !paused && connection.isOpen()) {
            present(emptyInbound().put(left.rewind()).flip());
        } else {
            connection.advance();
        }
    }

    private void present(ByteBuffer in) {
        keepNothing();
        int end = in.limit();
        connection.call(in);
        in.limit(end);
        if (in.hasRemaining() && connection.isOpen()) {
            try {
                keep(in);
            } catch (OutOfMemoryError e) {
                connection.fail(e); // without these bytes the stream would be another one
            }
        }
    }

    private void keep(ByteBuffer in) {
        int left = in.remaining();
        if (left == in.capacity() && !paused) {
            connection.fail(new IllegalStateException("The handler left " + left
                    + " bytes unread, which is the bound: it must take some, keep them itself, or pause reading"));
        } else {
            unread = ByteBuffer.allocate(left).put(in).flip();
            connection.holding().addInbound(left);
        }
    }
}
