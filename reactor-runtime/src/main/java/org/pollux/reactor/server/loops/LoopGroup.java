package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.Sources;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a server, each turned by its own thread, {@code pollux-loop-0} and so on. One more loop, {@code
 * pollux-loop-admin}, is for administration, and no other handler runs on it.
 */
public final class LoopGroup {

    /** The time in which a loop must respond before its handlers count as stuck. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The time that the serving loops may take once another one is held up. */
    private static final Duration OTHERS = Duration.ofMillis(500);

    /** The number of the loop for administration. */
    static final String ADMIN = "admin";

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

    /** The serving loops, then the loop for administration. */
    private volatile List<LoopThread> threads;

    private final Placement placement = new Placement(this::threads);
    private final HeldUpLoops heldUp = new HeldUpLoops(this);

    /**
     * Starts the loops, parked.
     *
     * @param memory the memory budget for the connections of all loops except the one for administration
     * @param reserve the memory budget of the loop for administration
     * @throws IOException when the system has no descriptors for them; none is left running
     */
    public LoopGroup(int count, MemoryBudget memory, MemoryBudget reserve) throws IOException {
        List<LoopThread> made = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                made.add(new LoopThread(Integer.toString(i), memory));
            }
            made.add(new LoopThread(ADMIN, reserve));
        } catch (IOException e) {
            made.forEach(thread -> thread.loop.close());
            throw new IOException(
                    "The system has no descriptors for " + count
                            + " event loops and one for administration; raise the limit of open files" + " (ulimit -n)",
                    e);
        }
        threads = List.copyOf(made);
        threads.forEach(Thread::start);
    }

    /** All loops, the one for administration last. */
    public List<LoopThread> threads() {
        return threads;
    }

    /** Chooses the loop for the next connection. */
    public Placement placement() {
        return placement;
    }

    /** Handles loops that are held up. */
    public HeldUpLoops heldUp() {
        return heldUp;
    }

    /** Another thread has the loop of one. */
    void exchange(LoopThread former, LoopThread fresh) {
        threads = threads.stream()
                .map(thread -> thread == former ? fresh : thread)
                .toList();
    }

    /** Whether the calling thread is one of the loops, which must not wait for itself or for another. */
    public static boolean isLoop(Thread caller) {
        return caller instanceof LoopThread;
    }

    /** Calls back for every connection of these groups, on its loop, and completes when all loops have done so. */
    public CompletableFuture<Void> forEachConnection(List<ConnectionTally> groups, Consumer<StreamConnection> action) {
        return forEachConnection(connection -> {
            if (groups.stream().anyMatch(connection::belongsTo)) {
                action.accept(connection);
            }
        });
    }

    /** Calls back for every connection, on its loop, and completes when all loops have done so. */
    public CompletableFuture<Void> forEachConnection(Consumer<StreamConnection> action) {
        return CompletableFuture.allOf(threads.stream()
                .map(thread -> run(
                        thread.loop,
                        () -> thread.loop.sources().forEach(source -> {
                            if (source instanceof StreamConnection connection) {
                                action.accept(connection);
                            }
                        })))
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Names connections of these groups, for messages. It reads the state of the loops from another thread, because a loop
     * may be held up. A connection that opens or closes at this moment may be missing.
     */
    public List<String> names(List<ConnectionTally> groups, int most) {
        List<String> names = new ArrayList<>();
        for (LoopThread thread : threads) {
            Sources sources = thread.loop.sources();
            for (int i = 0; i < sources.size() && names.size() < most; i++) {
                try {
                    if (sources.at(i) instanceof StreamConnection connection
                            && groups.stream().anyMatch(connection::belongsTo)) {
                        names.add(connection.work());
                    }
                } catch (RuntimeException
                        | LinkageError e) { // from a handler's report, or because the sources have just changed
                    LOG.debug("A connection cannot be named", e);
                }
            }
        }
        return names;
    }

    /** Runs a task on a loop. A closed loop ignores it, because the task has no object left. */
    public static CompletableFuture<Void> run(Loop loop, Runnable task) {
        try {
            return CompletableFuture.runAsync(task, loop);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /**
     * Waits for tasks on the loops. It must not be called on a loop's thread. Once a loop is held up, it waits only a little
     * longer, for the others.
     *
     * @throws TimeoutException when a loop does not respond, with the reason
     * @throws ExecutionException when the task failed
     */
    public <T> T await(CompletableFuture<T> result) throws TimeoutException, ExecutionException {
        return await(result, threads, OTHERS);
    }

    /** Waits for one loop, but not while it is held up. */
    public <T> T await(CompletableFuture<T> result, LoopThread asked) throws TimeoutException, ExecutionException {
        return await(result, List.of(asked), Duration.ZERO);
    }

    private <T> T await(CompletableFuture<T> result, List<LoopThread> asked, Duration onceHeldUp)
            throws TimeoutException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long left = deadline - System.nanoTime();
                    return result.get(Math.min(GLANCE.toNanos(), left), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true; // a half-done change is useless
                } catch (TimeoutException _) {
                    if (asked.stream().anyMatch(thread -> thread.watch().isHeldUp())) {
                        long sooner = System.nanoTime() + onceHeldUp.toNanos();
                        deadline = sooner - deadline < 0 ? sooner : deadline;
                    }
                    if (System.nanoTime() - deadline >= 0) {
                        throw new TimeoutException(reason(asked));
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String reason(List<LoopThread> asked) {
        String heldUp = asked.stream()
                .flatMap(thread -> thread.watch().heldUp().stream()
                        .map(held -> thread.getName() + " is " + held.since(System.nanoTime())))
                .collect(Collectors.joining("; "));
        if (!heldUp.isEmpty()) {
            return heldUp;
        }
        StringBuilder text = new StringBuilder("A loop has not responded for " + PATIENCE.toSeconds() + " s:");
        asked.forEach(thread -> text.append("\n  ").append(thread.whereabouts()));
        return text.toString();
    }

    /** Closes the loops and everything on them, and returns when their threads have ended. */
    public void close() {
        threads.forEach(LoopThread::end);
        heldUp.leaveFormer();
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
