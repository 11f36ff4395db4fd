package org.pollux.reactor.runtime.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread has a loop, and its end.
 *
 * <pre>
 *             claim               give
 *   FREE ──────────────▶ HELD ──────────▶ HELD by another thread; the one before has lost it
 *    ▲                    │
 *    └─────release────────┤
 *                         └──release, or claim, after close──▶ DISPOSED
 * </pre>
 *
 * <p>From any thread. The thread that finds the loop closing and in nobody's hands disposes of it.
 */
final class Possession {

    private final Runnable dispose;
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final CountDownLatch disposed = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * Of a loop that nobody has.
     *
     * @param dispose ends the loop, with the loop in the calling thread's hands; called once
     */
    Possession(Runnable dispose) {
        this.dispose = dispose;
    }

    /** Null when nobody has it. */
    @Nullable
    Thread holder() {
        return holder.get();
    }

    boolean isMine() {
        return holder.get() == Thread.currentThread();
    }

    // ---- taking and giving

    /**
     * Takes the loop.
     *
     * @throws IllegalStateException when a thread has it, or it is closed
     */
    void claim() {
        boolean claimed = holder.compareAndSet(null, Thread.currentThread());
        if (claimed && !isDisposed()) {
            return;
        }
        if (claimed) {
            holder.set(null);
        }
        throw new IllegalStateException(
                closing && !isMine() ? "The reactor is closed" : "The reactor is running already, on " + holder.get());
    }

    /** Puts the loop into nobody's hands, unless it was taken from this thread. */
    void release() {
        if (!isMine()) {
            return;
        }
        if (closing) {
            dispose();
        }
        holder.set(null);
        disposeIfClosing();
    }

    /** Gives the loop to another thread; false when it is not in the first one's hands. */
    boolean give(Thread from, Thread to) {
        return holder.compareAndSet(from, to);
    }

    // ---- which thread may

    /** Ends what a thread does that has the loop no longer. */
    void requireMine() {
        if (!isMine()) {
            throw new LostLoop();
        }
    }

    /** The same where the loop may be in nobody's hands. */
    void requireNotLost() {
        Thread present = holder.get();
        if (present != null && present != Thread.currentThread()) {
            throw new LostLoop();
        }
    }

    /** Refuses the calling thread unless the loop is in its hands, or in nobody's. */
    void requireMineOrFree() {
        Thread present = holder.get();
        if (present != null && present != Thread.currentThread()) {
            throw new IllegalStateException(
                    "For the reactor's thread only, which is " + present + "; from another one use execute");
        }
    }

    // ---- the end

    boolean isClosing() {
        return closing;
    }

    boolean isDisposed() {
        return disposed.getCount() == 0;
    }

    /** The loop ends as soon as it is in nobody's hands. */
    void close() {
        closing = true;
    }

    /** Returns when the loop has ended; not for the thread that has it. */
    void awaitDisposed() {
        disposeIfClosing();
        boolean interrupted = false;
        while (!isDisposed()) {
            try {
                disposed.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void disposeIfClosing() {
        if (closing && !isDisposed() && holder.compareAndSet(null, Thread.currentThread())) {
            dispose();
            holder.set(null);
        }
    }

    private void dispose() {
        if (isDisposed()) {
            return;
        }
        try {
            dispose.run();
        } finally {
            disposed.countDown();
        }
    }
}
