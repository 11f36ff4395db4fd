package org.pollux.reactor.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.base.Errno;

/**
 * The outbound half of a stream.
 *
 * <pre>
 *   ROOM ──write──▶ in the OUTBOX ──poll──▶ ROOM
 *    ▲                    └──the system takes less──▶ FULL, with or without a REST ──it reports room──▶ ROOM
 *    └──more than fits, a file, the end: sent at once
 * </pre>
 */
final class UringOutput {

    private final UringStream stream;
    private final Equipment equipment;
    private final SocketChannel socket;

    /** Where its bytes of this turn begin in the outbox, and how many they are. */
    private int start;

    private int length;

    /** Of the send of this turn. */
    private long send;

    /** Bytes that were written and that the system did not take, from the position to the limit. */
    private @Nullable ByteBuffer rest;

    /** The system takes nothing until it reports room. */
    private boolean full;

    /** Every write must fail as the channel says. */
    private boolean over;

    UringOutput(UringStream stream, SocketChannel socket) {
        this.stream = stream;
        this.equipment = stream.equipment;
        this.socket = socket;
    }

    // ---- in a poll

    void submit(Ring ring) throws IOException {
        if (length > 0) {
            send = equipment.operations().begin(stream.descriptor);
            ring.send(stream.descriptor, equipment.outbox().address(start), length, send);
        }
    }

    boolean is(long id) {
        return send != 0 && send == id;
    }

    /** Not everything was sent. */
    void completed(int result) {
        if (result >= 0 || result == -Errno.EAGAIN || result == -Errno.EINTR) {
            int taken = Math.max(0, result);
            keep(equipment.outbox().slice(start + taken, length - taken));
        } else {
            stream.broken(Errno.sendFailure(-result));
        }
    }

    private void keep(ByteBuffer unsent) {
        full = true;
        rest = ByteBuffer.allocate(unsent.remaining()).put(unsent).flip();
    }

    /** Everything in the outbox is sent, or kept. */
    void turned() {
        length = 0;
        send = 0;
    }

    boolean waitsForRoom(boolean wanted) {
        return full && (wanted || rest != null);
    }

    /** The system reports room, or that the stream is broken: the next write says how. */
    void hasRoom(boolean broken) {
        full = false;
        over |= broken;
        if (rest != null && !stream.isOver()) {
            sendRest(rest);
        }
    }

    boolean isReady() {
        return !full && rest == null;
    }

    // ---- on behalf of the source

    boolean hasUnsent() {
        return length > 0 || rest != null;
    }

    long write(ByteBuffer[] data, int from, int count) throws IOException {
        long written = remaining(data, from, count);
        if (fits(written)) {
            if (length == 0) {
                start = equipment.outbox().end();
            }
            equipment.outbox().append(data, from, count);
            length += (int) written;
            stream.attend();
            return written;
        }
        flush();
        if (rest != null) {
            return 0;
        }
        long taken = equipment.bytes().write(socket, stream.descriptor, data, from, count);
        took(taken, written);
        return taken;
    }

    private static long remaining(ByteBuffer[] data, int from, int count) {
        long sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += data[i].remaining();
        }
        return sum;
    }

    private boolean fits(long written) {
        return written <= Outbox.LONGEST
                && !full
                && !over
                && equipment.outbox().hasRoom((int) written)
                && (length == 0 || start + length == equipment.outbox().end())
                && stream.isConnected();
    }

    /** The system took so many bytes of those. */
    void took(long taken, long written) {
        full = taken < written;
        stream.attend();
    }

    /** The FIN is sent. */
    void finish() {
        over = true;
    }

    /** Sends as much of what was written as the system takes now. */
    void flush() {
        if (length > 0) {
            flushOutbox();
        } else if (rest != null) {
            sendRest(rest);
        }
    }

    private void flushOutbox() {
        try {
            int taken =
                    equipment.bytes().send(stream.descriptor, equipment.outbox().address(start), length);
            if (taken < length) {
                keep(equipment.outbox().slice(start + taken, length - taken));
            }
        } catch (IOException e) {
            stream.broken(e);
        }
        length = 0;
    }

    private void sendRest(ByteBuffer unsent) {
        try {
            equipment.bytes().write(socket, stream.descriptor, new ByteBuffer[] {unsent}, 0, 1);
            full = unsent.hasRemaining();
            if (!full) {
                rest = null;
            }
        } catch (IOException e) {
            rest = null;
            stream.broken(e);
        }
    }

    void handOver(Handover to) {
        flush();
        if (rest != null) {
            to.unsent(stream.source(), rest);
        }
        clear();
    }

    void clear() {
        length = 0;
        rest = null;
    }
}
