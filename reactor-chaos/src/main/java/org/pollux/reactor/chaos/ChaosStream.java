package org.pollux.reactor.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/**
 * A stream. Its bytes move in odd portions. Some are received before they are read, and some are sent after they are written,
 * by a later poll; so there is something to hand over (P23 to P29).
 */
final class ChaosStream extends ChaosRegistration {

    /** The most bytes that are received ahead, and the most that wait to be sent. */
    private static final int MOST = 4096;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Dice dice;
    private final SocketChannel socket;
    private final Portions reads;
    private final Portions writes;

    /** Received and not read, from the position to the limit. */
    private ByteBuffer ahead = NOTHING;

    /** Written and not sent, from the position to the limit. */
    private final ByteBuffer[] unsent = {NOTHING};

    /** Whether it receives although nobody is interested. */
    private boolean eager;

    private boolean finished;

    /** The wrapped registration has thrown this once. */
    private @Nullable IOException failure;

    private boolean failureTold;

    ChaosStream(ChaosPoller poller, Source source, Interest interest, Dice dice) {
        super(poller, source, interest);
        this.dice = dice;
        this.socket = (SocketChannel) channel();
        this.reads = new Portions(dice);
        this.writes = new Portions(dice);
        this.eager = dice.rolls(Fault.EAGER);
    }

    @Override
    public boolean isStream() {
        return true;
    }

    // ---- in a poll

    @Override
    Interest watched(Interest asked) {
        if (failure != null) {
            return Interest.NONE;
        }
        Interest seen = super.watched(asked);
        boolean receives = (seen.reads() || (eager && socket.isConnected())) && !ahead.hasRemaining();
        return Interest.of(receives, seen.writes() || unsent[0].hasRemaining());
    }

    @Override
    public void onReady(Interest found) {
        try {
            if (socket.isConnected()) {
                if (found.writes()) {
                    send();
                }
                if (found.reads() && (!interest().reads() || dice.rolls(Fault.AHEAD))) {
                    receive();
                }
            }
            super.onReady(found.and(interest()));
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The end of the stream stays where it is. */
    private void receive() throws IOException {
        ByteBuffer received = ByteBuffer.allocate(dice.fewOf(MOST));
        int count = wrapped().read(received);
        if (count > 0) {
            ahead = received.flip();
            poller.holds(this);
        } else {
            eager = false;
        }
        watchAgain();
    }

    /** Sends what was written before. */
    void send() throws IOException {
        if (unsent[0].hasRemaining() && failure == null) {
            try {
                wrapped().write(unsent, 0, 1);
            } catch (IOException e) {
                fail(e);
            }
            watchAgain();
        }
    }

    private void fail(IOException cause) {
        failure = cause;
        poller.holds(this);
    }

    /** Whether this poller has something that it must tell, send or hand over. */
    boolean isHolding() {
        return !isOver() && (ahead.hasRemaining() || unsent[0].hasRemaining() || failure != null);
    }

    /** What is ready because of what this poller holds. */
    Interest held() {
        boolean broken = failure != null;
        return Interest.of(broken || ahead.hasRemaining(), broken).and(interest());
    }

    @Override
    Interest takeReady() {
        Interest told = super.takeReady();
        return hasUnsent() ? told.and(Interest.READ) : told; // P26
    }

    // ---- on behalf of the source

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireUsable();
        int room = (int) reads.of(target.remaining());
        if (ahead.hasRemaining()) {
            int count = Math.min(room, ahead.remaining());
            move(ahead, target, count);
            if (!ahead.hasRemaining()) {
                ahead = NOTHING;
                watchAgain();
            }
            return count;
        }
        throwFailure();
        int limit = target.limit();
        try {
            return wrapped().read(target.limit(target.position() + room));
        } finally {
            target.limit(limit);
        }
    }

    private static void move(ByteBuffer from, ByteBuffer to, int count) {
        to.put(to.position(), from, from.position(), count).position(to.position() + count);
        from.position(from.position() + count);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        requireUsable();
        send();
        throwFailure();
        if (finished) {
            return wrapped().write(data, from, count); // throws the exception that describes it
        }
        if (unsent[0].hasRemaining() || dice.rolls(Fault.REFUSED)) {
            return 0;
        }
        long most = writes.of(remaining(data, from, count));
        return dice.rolls(Fault.UNSENT) ? keep(data, from, most) : writeUpTo(most, data, from, count);
    }

    private static long remaining(ByteBuffer[] data, int from, int count) {
        long all = 0;
        for (int i = from; i < from + count; i++) {
            all += data[i].remaining();
        }
        return all;
    }

    private int keep(ByteBuffer[] data, int from, long most) throws IOException {
        int taken = (int) Math.min(most, MOST);
        ByteBuffer kept = ByteBuffer.allocate(taken);
        for (int i = from; kept.hasRemaining(); i++) {
            move(data[i], kept, Math.min(data[i].remaining(), kept.remaining()));
        }
        unsent[0] = kept.flip();
        if (taken > 0) {
            poller.holds(this);
            watchAgain();
        }
        return taken;
    }

    private long writeUpTo(long most, ByteBuffer[] data, int from, int count) throws IOException {
        int end = from;
        long left = most;
        while (end < from + count && data[end].remaining() <= left) {
            left -= data[end++].remaining();
        }
        if (left == 0 || end == from + count) {
            return wrapped().write(data, from, end - from);
        }
        int limit = data[end].limit();
        try {
            data[end].limit(data[end].position() + (int) left);
            return wrapped().write(data, from, end + 1 - from);
        } finally {
            data[end].limit(limit);
        }
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        requireUsable();
        send();
        throwFailure();
        if (unsent[0].hasRemaining() || dice.rolls(Fault.REFUSED)) {
            return 0;
        }
        return wrapped().transferFrom(file, position, writes.of(count));
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireUsable();
        send();
        throwFailure();
        if (!unsent[0].hasRemaining()) {
            wrapped().shutdownOutput();
            finished = !wrapped().hasUnsent();
        }
    }

    @Override
    public boolean hasUnsent() {
        return failure == null && (unsent[0].hasRemaining() || wrapped().hasUnsent());
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            failureTold = true;
            throw failure;
        }
    }

    // ---- the end

    @Override
    protected void release() throws IOException {
        if (socket.isOpen()) {
            send();
        }
        super.release();
    }

    /** Comes before what the wrapped poller hands over. */
    void handOverReceived(Handover to) {
        if (ahead.hasRemaining()) {
            to.received(source(), ahead);
        }
    }

    /** Comes after what the wrapped poller hands over. */
    void handOverRest(Handover to) {
        if (failure == null && unsent[0].hasRemaining()) {
            to.unsent(source(), unsent[0]);
        } else if (failure != null && !failureTold) {
            to.failed(source(), failure);
        }
    }
}
