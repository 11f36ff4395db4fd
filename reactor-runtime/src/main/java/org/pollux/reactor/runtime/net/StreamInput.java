package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.runtime.loop.Buffers;

/** The inbound half of a connection: what was read and not taken, why reading is paused, and the end of the stream. */
@SuppressWarnings("ReferenceEquality") // a handler is itself and no other
final class StreamInput {

    /** Why nothing is read; bytes are read while there is no reason not to. */
    enum Pause {
        /** The handler wants no bytes. */
        HANDLER(1),
        /** A stage wants none. */
        STAGE(2),
        /** Bytes that were left unread are presented first, in a separate task. */
        RUNTIME(4),
        /** The next version of the protocol gets what comes. */
        VERSION(8);

        private final byte bit;

        Pause(int bit) {
            this.bit = (byte) bit;
        }
    }

    private final Stream stream;
    private @Nullable ByteBuffer unread;

    /** The bits of the reasons. Written by the loop, read by any thread. */
    private volatile byte pauses;

    private boolean readingLater;
    private boolean ended;

    StreamInput(Stream stream) {
        this.stream = stream;
    }

    boolean isWanted() {
        return pauses == 0 && !ended;
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
            long before = stream.lastActivity;
            present(in.flip());
            if (stream.lastActivity == before) { // otherwise a response was sent, and the clock read for that
                stream.touch();
            }
        } else if (count < 0) {
            stream.calls.inputClosed();
        }
    }

    /** Reads once, and throws away what came. */
    void discard() throws IOException {
        receive(emptyInbound());
    }

    boolean isPaused(Pause reason) {
        return (pauses & reason.bit) != 0;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void pause(Pause reason) {
        pauses |= reason.bit;
    }

    void resume(Pause reason) {
        if (isPaused(reason)) {
            forget(reason);
            presentLater();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void forget(Pause reason) {
        pauses &= (byte) ~reason.bit;
    }

    /** The bytes that the present callback leaves also count, so nothing is checked yet. */
    private void presentLater() {
        if (!isPaused(Pause.RUNTIME)) {
            pause(Pause.RUNTIME);
            stream.loop.defer(this::presentUnread);
        }
    }

    /** Presents to the next handler what the one before has left unread. */
    void handlerChanged() {
        if (unread != null) {
            presentLater();
            stream.advance();
        }
    }

    /** A stage has more than the socket knows of: the others have their turn first. */
    void readLater() {
        if (!readingLater) {
            readingLater = true;
            stream.loop.defer(this::readMore);
        }
    }

    private void readMore() {
        readingLater = false;
        stream.proceed();
    }

    void clear() {
        keepNothing();
    }

    private void keepNothing() {
        if (unread != null) {
            stream.holding().addInbound(-unread.capacity());
            unread = null;
        }
    }

    /** As every handler expects it, whatever the last one has made of it. */
    private ByteBuffer emptyInbound() {
        return stream.loop.buffers().inbound.clear().order(ByteOrder.BIG_ENDIAN);
    }

    private int receive(ByteBuffer in) throws IOException {
        int count = stream.transport().read(in);
        if (stream.hasStages()) {
            stream.output.lookAtKept(); // what came may have asked a stage to say something
        }
        if (count > 0) {
            stream.loop.counters().read(count);
            stream.traffic.read(count);
            stream.received(count);
        } else if (count < 0) {
            ended = true;
            keepNothing(); // it was presented, and no more comes behind it
        }
        return count;
    }

    private void presentUnread() {
        forget(Pause.RUNTIME);
        ByteBuffer left = unread;
        if (left != null && pauses == 0 && stream.isOpen()) {
            present(emptyInbound().put(left.rewind()).flip());
        } else {
            stream.advance();
        }
    }

    private void present(ByteBuffer in) {
        keepNothing();
        int end = in.limit();
        ConnectionHandler asked = stream.calls.handler();
        stream.calls.data(in);
        in.limit(end);
        if (in.hasRemaining() && stream.isOpen()) {
            try {
                if (stream.calls.handler() != asked) {
                    presentLater();
                }
                keep(in);
            } catch (OutOfMemoryError e) {
                stream.fail(e); // without these bytes the stream would be another one
            }
        }
    }

    private void keep(ByteBuffer in) {
        int left = in.remaining();
        boolean tookNothing = in.position() == 0;
        if (tookNothing && left >= Buffers.UNREAD && pauses == 0) {
            stream.fail(new IllegalStateException("The handler left " + left
                    + " bytes unread, which is the limit: it must take some, keep them itself, or pause reading"));
        } else {
            unread = ByteBuffer.allocate(left).put(in).flip();
            stream.holding().addInbound(left);
        }
    }
}
