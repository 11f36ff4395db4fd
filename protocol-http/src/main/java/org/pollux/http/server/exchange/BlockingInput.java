package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.wire.Bytes;

/** A body as a stream. The loop fills it, and a thread that may block reads it. */
final class BlockingInput extends InputStream implements BodyHandler {

    /** Reading from the client pauses with this many unread bytes. */
    private static final int ENOUGH = 64 * 1024;

    private final InboundBody body;
    private final Carrier carrier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Bytes unread = new Bytes(0);

    /** The number of them that the reader has taken. */
    private int taken;

    /** Bytes that are charged to the server's memory, until the body is complete. */
    private int charged;

    private boolean ended;
    private boolean paused;
    private boolean closed;
    private @Nullable Throwable failure;

    BlockingInput(InboundBody body, Carrier carrier) {
        this.body = body;
        this.carrier = carrier;
    }

    // ---- the loop's side

    @Override
    public void onData(ByteBuffer in) {
        lock.lock();
        try {
            if (closed) {
                in.position(in.limit());
                return;
            }
            charge(in.remaining());
            unread.add(in);
            if (unread.size() - taken >= ENOUGH) {
                paused = true;
                body.pause();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        end(null);
    }

    @Override
    public void onFailed(Throwable cause) {
        end(cause);
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
            charge(-charged);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- the reader's side

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (carrier.inLoop()) {
            throw new IllegalStateException(
                    "A read would block the reactor: make the handler @Blocking, or use body().read(...)");
        }
        lock.lock();
        try {
            while (unread.size() == taken && !ended && !closed && length > 0) {
                changed.awaitUninterruptibly();
            }
            return closed ? -1 : take(target, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        int count = Math.min(length, unread.size() - taken);
        if (count == 0 && length > 0) {
            if (failure != null) {
                throw StreamOver.ofBody(failure);
            }
            return -1;
        }
        unread.content().get(taken, target, offset, count);
        taken += count;
        charge(-Math.min(charged, count));
        if (taken == unread.size()) {
            unread.clear();
            taken = 0;
            resume();
        }
        return count;
    }

    /** Called under the lock. */
    private void charge(int bytes) {
        charged += bytes;
        boolean _ = carrier.charge(bytes);
    }

    private void resume() {
        if (paused) {
            paused = false;
            body.resume();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return unread.size() - taken;
        } finally {
            lock.unlock();
        }
    }

    /** Discards everything that arrives later. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            charge(-charged);
            unread.clear();
            taken = 0;
            resume();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
