package org.pollux.reactor.runtime.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides which thread has a loop, and when the loop ends.
 *
 * <pre>
 *             claim               give
 *   FREE ──────────────▶ HELD ──────────▶ HELD by another thread; the previous one has lost it
 *    ▲                    │
 *    └─────release────────┤
 *                         └──release, or claim, after close──▶ DISPOSED
 * </pre>
 *
 * <p>From any thread. The thread that finds a closing loop that no thread has disposes of it.
 */
final class Possession {

    private final Runnable dispose;
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final CountDownLatch disposed = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * The possession of a loop that no thread has.
     *
     * @param dispose ends the loop, while the calling thread has it; called once
     */
    Possession(Runnable dispose) {
        this.dispose = dispose;
    }

    /** Null when no thread has it. */
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
     * @throws IllegalStateException when a thread has the loop, or it is closed
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

    /** Releases the loop, unless it was taken from this thread. */
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

    /** Gives the loop to another thread; false when the first thread does not have it. */
    boolean give(Thread from, Thread to) {
        return holder.compareAndSet(from, to);
    }

    // ---- checks of the calling thread

    /** Ends the work of a thread that no longer has the loop. */
    void requireMine() {
        if (!isMine()) {
            throw new LostLoop();
        }
    }

    /** The same check, where it is also possible that no thread has the loop. */
    void requireNotLost() {
        Thread present = holder.get();
        if (present != null && present != Thread.currentThread()) {
            throw new LostLoop();
        }
    }

    /** Refuses the calling thread when another thread has the loop. */
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

    /** The loop ends as soon as no thread has it. */
    void close() {
        closing = true;
    }

    /** Returns when the loop has ended. Not for the thread that has it. */
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
