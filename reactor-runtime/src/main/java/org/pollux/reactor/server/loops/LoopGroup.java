package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.runtime.loop.Activity;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a server, each turned by a thread of its own, {@code pollux-loop-0} and so on, and one more for
 * administration, {@code pollux-loop-admin}, on which no other handler runs.
 *
 * <p>A connection is placed on the loop that has the fewest, and stays there. Turns in order would be cheaper by a glance
 * at each loop, but connections live for different times, so the loops would drift apart.
 */
public final class LoopGroup {

    /** How long a loop may take to answer before its handlers are held to be stuck. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So long the loops that serve may take, once another one is held up. */
    private static final Duration OTHERS = Duration.ofMillis(500);

    /** So long a thread that is interrupted may take to return from its callback. */
    private static final Duration INTERRUPTION = Duration.ofMillis(500);

    private static final Duration TAKE_OVER = Duration.ofSeconds(1);

    /** Stands for the number of the loop for administration. */
    static final String ADMIN = "admin";

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

    /** Those that serve, then the one for administration. */
    private volatile List<LoopThread> threads;

    /** Those that lost their loop because they do not return from a callback. */
    private final List<LoopThread> former = new CopyOnWriteArrayList<>();

    private final AtomicInteger next = new AtomicInteger();

    /** Those that are bound. */
    private final List<Residence> sockets = new CopyOnWriteArrayList<>();

    /**
     * Starts the loops, parked.
     *
     * @param memory of the connections of all loops but the one for administration
     * @param reserve of that one's
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

    /** All, the one for administration last. */
    public List<LoopThread> threads() {
        return threads;
    }

    private static List<LoopThread> serving(List<LoopThread> all) {
        return all.subList(0, all.size() - 1);
    }

    /** Whether the caller is one of the loops, which must not wait for itself or for another. */
    public static boolean isLoop(Thread caller) {
        return caller instanceof LoopThread;
    }

    /**
     * The loop of the next listener or UDP port: each gets one in turn, but none that is busy.
     *
     * @param admin whether it is for administration, which has a loop of its own
     */
    public Loop forEndpoint(boolean admin) {
        List<LoopThread> all = threads;
        if (admin) {
            return all.getLast().loop;
        }
        List<LoopThread> serving = serving(all);
        for (int i = 0; i < serving.size(); i++) {
            LoopThread thread = inTurn(serving);
            if (!thread.watch().isBusy()) {
                return thread.loop;
            }
        }
        return inTurn(serving).loop;
    }

    private LoopThread inTurn(List<LoopThread> serving) {
        return serving.get(Math.floorMod(next.getAndIncrement(), serving.size()));
    }

    /** A loop that can stand in for one that is busy; empty when there is none. */
    Optional<Loop> standIn(Loop busy) {
        List<LoopThread> all = threads;
        return busy == all.getLast().loop
                ? Optional.empty()
                : serving(all).stream()
                        .filter(thread -> thread.loop != busy && !thread.watch().isBusy())
                        .map(thread -> thread.loop)
                        .findFirst();
    }

    /** Another loop stands in for this one while it is busy. */
    public void remember(Residence bound) {
        sockets.add(bound);
    }

    public void forget(Residence closed) {
        sockets.remove(closed);
    }

    /** A loop is busy, or has returned, or another one that could stand in has: on the watch's thread. */
    public void busyChanged(LoopThread changed) {
        boolean busy = changed.watch().isBusy();
        for (Residence socket : sockets) {
            if (socket.home() == changed.loop) {
                socket.standIn(busy ? standIn(socket.home()) : Optional.empty());
            } else if (isBusy(socket.home())) { // which may have lost, or found, one that stands in
                socket.standIn(standIn(socket.home()));
            }
        }
    }

    private boolean isBusy(Loop loop) {
        return threads.stream()
                .anyMatch(thread -> thread.loop == loop && thread.watch().isBusy());
    }

    /**
     * The thread with the fewest connections of those that are not busy, among equals the one that asks, for nothing need be
     * handed over then. What comes on the loop for administration stays there.
     */
    public LoopThread forConnection(Loop asking) {
        List<LoopThread> all = threads;
        LoopThread admin = all.getLast();
        if (admin.loop == asking) {
            return admin;
        }
        LoopThread best = all.getFirst();
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < all.size() - 1; i++) {
            LoopThread thread = all.get(i);
            int connections = thread.watch().isBusy() ? Integer.MAX_VALUE - 1 : thread.connections();
            if (connections < fewest || (connections == fewest && thread.loop == asking)) {
                best = thread;
                fewest = connections;
            }
        }
        return best;
    }

    /** Calls back for every connection of these groups, on its loop, and completes when all loops have done so. */
    public CompletableFuture<Void> forEachConnection(List<ConnectionTally> groups, Consumer<StreamConnection> action) {
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
    public static CompletableFuture<Void> run(Loop loop, Runnable task) {
        try {
            return CompletableFuture.runAsync(task, loop);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /**
     * Waits for what the loops were asked to do; not for the loops' threads. Once a loop is held up it waits only a little
     * longer, for the others.
     *
     * @throws TimeoutException when a loop does not answer, with what holds the loops up
     * @throws ExecutionException when the task failed
     */
    public <T> T await(CompletableFuture<T> answer) throws TimeoutException, ExecutionException {
        return await(answer, threads, OTHERS);
    }

    /** The same for one loop, which is not waited for while it is held up. */
    public <T> T await(CompletableFuture<T> answer, LoopThread asked) throws TimeoutException, ExecutionException {
        return await(answer, List.of(asked), Duration.ZERO);
    }

    private <T> T await(CompletableFuture<T> answer, List<LoopThread> asked, Duration onceHeldUp)
            throws TimeoutException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long left = deadline - System.nanoTime();
                    return answer.get(Math.min(GLANCE.toNanos(), left), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true; // a half-done change helps nobody
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
        StringBuilder text = new StringBuilder("A loop has not answered for " + PATIENCE.toSeconds() + " s:");
        asked.forEach(thread -> text.append("\n  ").append(thread.whereabouts()));
        return text.toString();
    }

    /** A line for each loop that is held up. */
    public Stream<String> faults() {
        boolean only = threads.size() == 2; // the other is for administration
        Stream<String> lost = former.stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + " was replaced and still runs: " + thread.innermost()
                        + ". It ends when that returns; only a restart of the server ends it before");
        Stream<String> heldUp = threads.stream()
                .flatMap(thread -> thread.watch().heldUp().stream()
                        .map(held -> thread.getName() + " is " + held.since(System.nanoTime())
                                + (only
                                        ? ": it is the only loop, so nothing is served. Raise loops of pollux.runtime"
                                        : ": its connections wait, new ones go to other loops")
                                + "; 'pollux loops replace " + thread.number() + "' gives it another thread"));
        return Stream.concat(heldUp, lost);
    }

    /**
     * Gives a loop whose callback does not return to another thread. The present one is interrupted before, and may return by
     * that.
     *
     * @param number as in the thread's name
     * @throws IllegalArgumentException when there is no such loop
     * @throws IllegalStateException when it is not held up
     */
    public synchronized LoopReplacement replace(String number) {
        LoopThread stuck = threads.stream()
                .filter(thread -> thread.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no loop '" + number + "': there is "
                        + threads.stream().map(LoopThread::number).collect(Collectors.joining(", "))));
        HeldUp held = stuck.watch()
                .heldUp()
                .orElseThrow(() ->
                        new IllegalStateException(stuck.getName() + " is not held up: there is nothing to replace"));
        String name = stuck.getName();
        stuck.interrupt();
        if (returns(stuck)) {
            LOG.warn("{} was interrupted and goes on with its thread", name);
            return new LoopReplacement(name, 0, Optional.empty(), LoopReplacement.Outcome.RETURNED);
        }
        Optional<LoopThread> replaced = stuck.replace();
        if (replaced.isEmpty()) {
            throw new IllegalStateException(name + " is closed, or was replaced just now");
        }
        LoopThread fresh = replaced.get();
        former.removeIf(thread -> !thread.isAlive());
        former.add(stuck);
        threads =
                threads.stream().map(thread -> thread == stuck ? fresh : thread).toList();
        boolean goesOn = hasTakenOver(fresh);
        Optional<String> lost = stuck.givenUp().map(Callee::toString);
        LOG.warn(
                "{} has another thread, because it was {}. Given up: {}. {}",
                name,
                held.since(System.nanoTime()),
                lost.orElse("nothing"),
                goesOn ? "All else goes on" : "It begins when the thread before has left the runtime's own code");
        return new LoopReplacement(
                name,
                fresh.loop.sources().size() - Loop.OWN_SOURCES,
                lost,
                goesOn ? LoopReplacement.Outcome.REPLACED : LoopReplacement.Outcome.PENDING);
    }

    private static boolean returns(LoopThread interrupted) {
        long deadline = System.nanoTime() + INTERRUPTION.toNanos();
        long before = interrupted.loop.activity().count();
        while (System.nanoTime() - deadline < 0) {
            Activity activity = interrupted.loop.activity();
            if (activity.count() != before || activity.current() == null) {
                return true;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return false;
    }

    private static boolean hasTakenOver(LoopThread fresh) {
        try {
            return fresh.awaitTakeOver(TAKE_OVER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts the loops that are held up in a class of a bundle. */
    public void interruptHeldUp(String bundle, Predicate<String> isIts) {
        for (LoopThread thread : threads) {
            boolean its = thread.watch().isHeldUp()
                    && Stream.of(thread.getStackTrace())
                            .map(StackTraceElement::getClassName)
                            .distinct()
                            .anyMatch(isIts);
            if (its) {
                LOG.warn("{} is held up and is interrupted, because of {}", thread.getName(), bundle);
                thread.interrupt();
            }
        }
    }

    /** Closes the loops with all that they hold, and returns when their threads have ended. */
    public void close() {
        threads.forEach(LoopThread::end);
        former.stream().filter(Thread::isAlive).forEach(thread -> {
            LOG.error("{} was replaced, has not returned since, and is left behind", thread.getName());
            thread.interrupt();
        });
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
