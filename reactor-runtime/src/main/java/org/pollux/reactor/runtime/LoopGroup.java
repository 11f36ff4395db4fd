package org.pollux.reactor.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a server, each turned by a thread of its own, {@code pollux-loop-0} and so on.
 *
 * <p>A connection is placed on the loop that has the fewest, and stays there. Turns in order would be cheaper by a glance
 * at each loop, but connections live for different times, so the loops would drift apart.
 */
final class LoopGroup {

    /** How long a loop may take to answer before its handlers are held to be stuck. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

    private final List<LoopThread> threads;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Starts the loops, parked.
     *
     * @throws IOException when the system has no descriptors for them; none is left running
     */
    LoopGroup(int count, MemoryBudget memory) throws IOException {
        List<LoopThread> made = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                made.add(new LoopThread("pollux-loop-" + i, memory));
            }
        } catch (IOException e) {
            made.forEach(thread -> thread.loop.close());
            throw new IOException(
                    "The system has no descriptors for " + count + " event loops; raise the limit of open files"
                            + " (ulimit -n)",
                    e);
        }
        threads = List.copyOf(made);
        threads.forEach(Thread::start);
    }

    List<LoopThread> threads() {
        return threads;
    }

    /** Whether the caller is one of the loops, which must not wait for itself or for another. */
    static boolean isLoop(Thread caller) {
        return caller instanceof LoopThread;
    }

    /** The loop of the next listener or UDP port: each gets one in turn. */
    EventLoop forEndpoint() {
        return threads.get(Math.floorMod(next.getAndIncrement(), threads.size())).loop;
    }

    /** The thread with the fewest connections, among equals the one that asks, for nothing need be handed over then. */
    LoopThread forConnection(EventLoop asking) {
        LoopThread best = threads.getFirst();
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < threads.size(); i++) {
            LoopThread thread = threads.get(i);
            int connections = thread.connections();
            if (connections < fewest || (connections == fewest && thread.loop == asking)) {
                best = thread;
                fewest = connections;
            }
        }
        return best;
    }

    /** Calls back for every connection of these groups, on its loop, and completes when all loops have done so. */
    CompletableFuture<Void> forEachConnection(List<ConnectionGroup> groups, Consumer<StreamConnection> action) {
        return CompletableFuture.allOf(threads.stream()
                .map(thread -> run(
                        thread.loop,
                        () -> thread.loop.sources().forEach(source -> {
                            if (source instanceof StreamConnection connection
                                    && groups.stream().anyMatch(connection::belongsTo)) {
                                action.accept(connection);
                            }
                        })))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Runs a task on a loop; a loop that is closed has nothing left that a task could be about. */
    static CompletableFuture<Void> run(EventLoop loop, Runnable task) {
        try {
            return CompletableFuture.runAsync(task, loop);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** The same when nobody waits for it. */
    static void post(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("A loop is closed and does without a task", e);
        }
    }

    /**
     * Waits for what a loop was asked to do; not for the loops' threads.
     *
     * @throws TimeoutException when the loop does not answer, with what holds the loops up
     * @throws ExecutionException when the task failed
     */
    <T> T await(CompletableFuture<T> answer) throws TimeoutException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true; // a half-done change helps nobody
                } catch (TimeoutException _) {
                    StringBuilder text = new StringBuilder(
                            "A handler holds up its loop for more than " + PATIENCE.toSeconds() + " s:");
                    threads.forEach(thread -> text.append("\n  ").append(thread.whereabouts()));
                    throw new TimeoutException(text.toString());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the loops with all that they hold, and returns when their threads have ended. */
    void close() {
        threads.forEach(LoopThread::end);
        for (LoopThread thread : threads) {
            if (!hasEnded(thread)) {
                LOG.error("A handler does not return and is interrupted: {}", thread.whereabouts());
                thread.interrupt();
                if (!hasEnded(thread)) {
                    LOG.error("It does not listen to that either; {} is left behind", thread.getName());
                }
            }
        }
    }

    private static boolean hasEnded(LoopThread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            return thread.join(GRACE);
        } catch (InterruptedException _) {
            interrupted = true;
            return !thread.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
