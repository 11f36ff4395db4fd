package org.pollux.servlet.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.RequestBody;

/**
 * The body between the reactor's thread, which brings one piece, and the servlet's thread, which takes it. While a piece waits,
 * the client is held back.
 */
final class BodyQueue implements BodyHandler {

    private final RequestBody body;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] piece = {};
    private int at;
    private int size;
    private long left = Long.MAX_VALUE; // of a known length
    private boolean isAsked;
    private boolean isComplete;
    private @Nullable Throwable failure;
    private @Nullable Map<String, String> trailers;
    private Runnable onChange = () -> {};

    BodyQueue(RequestBody body) {
        this.body = body;
    }

    /** Its length is that of the request's head: it needs no callback at the end, and no trailers follow. */
    void hasLength() {
        left = body.length().orElse(Long.MAX_VALUE);
    }

    /** Called on the reactor's thread whenever there is something to read, an end or a failure. */
    void onChange(Runnable callback) {
        onChange = callback;
    }

    /** Asks for the body, so that a client that waits for 100 (Continue) sends it. */
    void ask() {
        lock.lock();
        try {
            if (isAsked) {
                return;
            }
            isAsked = true;
        } finally {
            lock.unlock();
        }
        if (left == 0) {
            change(() -> {
                isComplete = true;
                trailers = Map.of();
            });
        } else {
            body.read(this);
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onChange.run();
    }

    @Override
    public void onData(ByteBuffer in) {
        body.pause();
        change(() -> {
            size = in.remaining();
            if (piece.length < size) {
                piece = new byte[size];
            }
            in.get(piece, 0, size);
            at = 0;
            left -= size;
            if (left == 0) { // it has no trailers then, and its end need not be waited for
                isComplete = true;
                trailers = Map.of();
            }
        });
    }

    @Override
    public void onEnd(Headers fields) {
        Map<String, String> read = new TreeMap<>();
        fields.forEach(field -> read.merge(
                field.name().toLowerCase(Locale.ROOT), field.value(), (before, more) -> before + ',' + more));
        change(() -> {
            trailers = read;
            isComplete = true;
        });
    }

    @Override
    public void onFailed(Throwable cause) {
        change(() -> failure = cause);
    }

    /** Reads what is there; 0 when nothing is, -1 at the end. */
    int poll(byte[] into, int from, int count) throws IOException {
        boolean resume;
        int taken;
        lock.lock();
        try {
            if (at == size) {
                if (failure != null) {
                    throw new IOException("The body of the request does not become complete", failure);
                }
                return isComplete ? -1 : 0;
            }
            taken = Math.min(count, size - at);
            System.arraycopy(piece, at, into, from, taken);
            at += taken;
            resume = at == size;
        } finally {
            lock.unlock();
        }
        if (resume) {
            body.resume();
        }
        return taken;
    }

    /** Waits until there is something to read, an end or a failure. */
    void await() throws IOException {
        ask();
        lock.lock();
        try {
            while (!isReadable()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted while it waited for the body of the request", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isReadable() {
        return at < size || isComplete || failure != null;
    }

    boolean hasSomething() {
        lock.lock();
        try {
            return isReadable();
        } finally {
            lock.unlock();
        }
    }

    int available() {
        lock.lock();
        try {
            return size - at;
        } finally {
            lock.unlock();
        }
    }

    boolean isFinished() {
        lock.lock();
        try {
            return isComplete && at == size;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Map<String, String> trailers() {
        lock.lock();
        try {
            return isComplete && at == size ? trailers : null;
        } finally {
            lock.unlock();
        }
    }
}
