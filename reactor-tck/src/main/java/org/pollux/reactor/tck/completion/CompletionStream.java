package org.pollux.reactor.tck.completion;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * A stream that receives ahead and sends later. The registration below plays the kernel: it receives while there is room,
 * and sends while bytes are unsent.
 *
 * <p>Both buffers are small, so that tests reach their limits.
 */
final class CompletionStream extends AbstractRegistration implements Source {

    private static final int AHEAD = 16 * 1024;
    private static final int UNSENT = 8 * 1024;

    private final CompletionPoller poller;
    private final SocketChannel socket;
    private @Nullable Registration below;

    /** Received and not read, from the position to the limit. */
    private final ByteBuffer ahead = ByteBuffer.allocate(AHEAD).limit(0);

    /** Written and not sent, from the position to the limit. */
    private final ByteBuffer[] unsent = {ByteBuffer.allocate(UNSENT).limit(0)};

    /** The peer's FIN was received, after the bytes that are ahead. */
    private boolean ended;

    /** The FIN was sent. */
    private boolean finished;

    /** The error that the system has reported for the broken stream, once. */
    private @Nullable IOException failure;

    private boolean failureTold;

    CompletionStream(CompletionPoller poller, Source source, Interest interest) {
        super(source, interest);
        this.poller = poller;
        this.socket = (SocketChannel) channel();
    }

    void addTo(Poller readiness) throws IOException {
        below = readiness.add(this, socket.isConnected() ? Interest.READ : interest());
    }

    private Registration below() {
        return requireNonNull(below, "not added");
    }

    // ---- in a poll

    /** Sends the written bytes, and returns the interest to wait for. */
    void submit() throws IOException {
        if (!socket.isConnected()) {
            below().interest(interest());
            return;
        }
        send();
        boolean receives = failure == null && !ended && ahead.remaining() < AHEAD;
        below().interest(Interest.of(receives, hasUnsent()));
    }

    /** The system can complete an operation. */
    @Override
    public void onReady(Interest ready) {
        if (!socket.isConnected()) {
            poller.completed(this, ready);
            return;
        }
        if (ready.writes()) {
            send();
        }
        if (ready.reads()) {
            receive();
        }
    }

    private void receive() {
        ahead.compact();
        try {
            ended = below().read(ahead) < 0;
        } catch (IOException e) {
            failure = e;
        } finally {
            ahead.flip();
        }
    }

    private void send() {
        if (!hasUnsent()) {
            return;
        }
        try {
            below().write(unsent, 0, 1);
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The completed operations that were not taken yet, within the source's interest. */
    Interest due() {
        if (!socket.isConnected()) {
            return Interest.NONE;
        }
        boolean broken = failure != null;
        return Interest.of(broken || ended || ahead.hasRemaining(), broken || !hasUnsent())
                .and(interest());
    }

    // ---- on behalf of the source

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireUsable();
        if (ahead.hasRemaining()) {
            int count = Math.min(ahead.remaining(), target.remaining());
            target.put(target.position(), ahead, ahead.position(), count).position(target.position() + count);
            ahead.position(ahead.position() + count);
            return count;
        }
        throwFailure();
        return ended && target.hasRemaining() ? -1 : readNow(target);
    }

    /** When nothing was received ahead, the system has the next bytes. */
    private int readNow(ByteBuffer target) throws IOException {
        try {
            return below().read(target);
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        requireUsable();
        throwFailure();
        if (finished) {
            return below().write(data, from, count); // throws the exception that describes it
        }
        ByteBuffer buffer = unsent[0].compact();
        int before = buffer.position();
        for (int i = from; i < from + count && buffer.hasRemaining(); i++) {
            int part = Math.min(data[i].remaining(), buffer.remaining());
            buffer.put(buffer.position(), data[i], data[i].position(), part).position(buffer.position() + part);
            data[i].position(data[i].position() + part);
        }
        int taken = buffer.position() - before;
        buffer.flip();
        return taken;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        requireUsable();
        send();
        throwFailure();
        return hasUnsent() ? 0 : below().transferFrom(file, position, count);
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireUsable();
        send();
        throwFailure();
        if (!hasUnsent()) {
            below().shutdownOutput();
            finished = true;
        }
    }

    @Override
    public boolean hasUnsent() {
        return failure == null && unsent[0].hasRemaining();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            failureTold = true;
            throw failure;
        }
    }

    private void fail(IOException told) {
        failure = told;
        failureTold = true;
    }

    /** Each poll reads the interest. */
    @Override
    protected void change(Interest wanted) {}

    @Override
    protected void release() throws IOException {
        poller.forget(this);
        if (below != null) {
            if (socket.isOpen()) {
                send();
            }
            below.remove();
        }
    }

    void handOver(Handover to) {
        send();
        if (ahead.hasRemaining()) {
            to.received(source(), ahead);
        }
        if (hasUnsent()) {
            to.unsent(source(), unsent[0]);
        }
        if (failure != null && !failureTold) {
            to.failed(source(), failure);
        }
    }
}
