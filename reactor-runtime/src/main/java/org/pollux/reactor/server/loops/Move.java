package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.loop.Polling;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/**
 * The way of one loop to another backend, in steps so small that its connections hardly wait.
 *
 * <pre>
 *   open ──▶ PREPARING ──all sources are there──▶ PREPARED ──▶ EXCHANGED ──end──▶ the old poller is closed
 *                │                                   │
 *                └────────────── failed ─────────────┴──────────────────end──▶ the new poller is closed
 * </pre>
 *
 * <p>While it is prepared, the next poller is given some sources in each turn, and the present one still polls. The
 * exchange makes a system call only for what has changed meanwhile. Pollers are opened and closed beside the loop.
 *
 * <p>The admin thread gives the orders, and the loop's thread carries them out.
 */
final class Move {

    /** Sources that are added in a turn at least, and the part of all that it is with many. */
    private static final int LEAST = 128;

    private static final int PART = 32;

    private final LoopThread thread;
    private final Loop loop;
    private final Backend next;
    private final Poller fresh;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    private volatile boolean ended;

    // of the loop's thread, until it has responded
    private Backend oldBackend = NoBackend.INSTANCE;
    private Poller old = oldBackend.open();
    private int sources;
    private long longestPause;
    private volatile boolean exchanged;

    /**
     * Opens the poller.
     *
     * @throws IOException when the backend has none to give
     */
    Move(LoopThread thread, Backend next) throws IOException {
        this.thread = thread;
        this.loop = thread.loop;
        this.next = next;
        try {
            this.fresh = next.open();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A backend may throw anything when its bundle was removed. */
    private IOException failed(Throwable cause) {
        return new IOException(
                thread.getName() + ": " + (cause instanceof IOException ? cause.getMessage() : cause.toString()),
                cause);
    }

    /** Brings the sources to the next poller; completes when all are there. */
    CompletableFuture<Void> prepare() {
        loop.execute(this::prepareSome);
        return prepared;
    }

    private void prepareSome() {
        if (ended) {
            return;
        }
        long start = System.nanoTime();
        try {
            boolean all =
                    loop.sources().prepare(fresh, Math.max(LEAST, loop.sources().size() / PART));
            pausedSince(start);
            if (all) {
                prepared.complete(null);
            } else {
                loop.defer(this::prepareSome);
            }
        } catch (Throwable e) {
            prepared.completeExceptionally(failed(e));
        }
    }

    /** Changes over. When it fails, the loop is with its old poller as before. */
    CompletableFuture<Void> exchange() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                changeOver();
                result.complete(null);
            } catch (Throwable e) {
                result.completeExceptionally(failed(e));
            }
        });
        return result;
    }

    private void changeOver() throws IOException {
        long start = System.nanoTime();
        oldBackend = loop.backend();
        old = loop.exchange(next, fresh);
        exchanged = true;
        sources = loop.sources().size() - Loop.OWN_SOURCES;
        pausedSince(start);
    }

    private void pausedSince(long start) {
        longestPause = Math.max(longestPause, System.nanoTime() - start);
    }

    LoopThread thread() {
        return thread;
    }

    int sources() {
        return sources;
    }

    /** The longest time for which the loop served nothing because of the move. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause);
    }

    /** Closes the poller that is not in use: at once, or when the loop has let go of it. */
    CompletableFuture<Void> end() {
        ended = true;
        if (exchanged) {
            Polling.close(old, oldBackend);
            return CompletableFuture.completedFuture(null);
        }
        return LoopGroup.run(loop, () -> {
            if (exchanged) { // it was slow, and has done it after all
                Polling.close(old, oldBackend);
            } else {
                loop.sources().abandon(fresh);
                Polling.close(fresh, next);
            }
        });
    }
}
