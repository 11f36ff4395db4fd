package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Key;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inside of a reactor: it owns the sources, timers and tasks, and asks a poller which sources are ready. It knows
 * neither connections nor events, only the objects that it calls: {@link Watched}, {@link Timer}, {@link Runnable}.
 *
 * <p>Its work is separate from its thread: {@link #run()} turns it on the calling thread until it is empty or stopped, and
 * {@link #turn} makes a single turn.
 *
 * <p>The class is long because it is the only door to its parts: the turn and its order are here, and all else is passed on.
 */
public final class Loop implements Executor {

    /** The loop's own source, the wake-up pipe, which is not counted. */
    public static final int OWN_SOURCES = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final LongSupplier clock;
    private final WorkTime time;
    private final Activity activity;
    private final Tasks tasks;
    private final Timers timers;
    private final Sources sources;
    private final Buffers buffers;
    private final LoopMemory memory;
    private final Counters counters = new Counters();
    private final Pollers pollers;
    private final WakeUp wakeUp;
    private final Reactor reactor;
    private final Set<Pending> pending = new HashSet<>();
    private final Locals locals = new Locals(this);

    private final Possession possession = new Possession(this::endAll);
    private volatile boolean stopping;
    private final BooleanSupplier isStopping = this::isStopping; // made once, and not in every turn

    /**
     * Opens a loop.
     *
     * @param nanoClock nanoseconds from any origin, never going back
     * @param reactor the view that handlers have of the loop
     * @throws IOException when the backend cannot open a poller
     */
    public Loop(Backend backend, LongSupplier nanoClock, MemoryBudget budget, Reactor reactor) throws IOException {
        this.reactor = reactor;
        clock = nanoClock;
        time = new WorkTime(nanoClock);
        activity = new Activity(time);
        tasks = new Tasks(activity);
        timers = new Timers(activity);
        sources = new Sources(tasks::defer);
        buffers = new Buffers(budget);
        memory = new LoopMemory(sources, timers, nanoClock, this::post, budget);
        pollers = new Pollers(backend, sources, timers, nanoClock);
        try {
            wakeUp = new WakeUp(this);
            sources.add(pollers.present().poller(), wakeUp, Interest.READ);
        } catch (IOException | RuntimeException e) {
            memory.leave();
            pollers.present().close();
            throw e;
        }
    }

    // ---- running

    /** Turns the loop on the calling thread until it is stopped, or nothing is registered. */
    public RunResult run() {
        return run(true);
    }

    /** Like {@link #run()}, but continues when nothing is registered. */
    public void serve() {
        run(false);
    }

    /**
     * Like {@link #serve}, on a thread that was {@linkplain #give given} the loop. The previous thread may return from
     * its callback at any time. It finds only its own poller and buffers, and learns that another thread has the loop.
     *
     * @param givenUp called with the object that is lost because its callback has not returned
     * @param done called when everything else continues
     */
    public void serveAfter(Consumer<Callee> givenUp, Runnable done) {
        try {
            takeOver(givenUp);
            done.run();
            turn(false);
        } finally {
            possession.release();
        }
    }

    private RunResult run(boolean untilEmpty) {
        possession.claim();
        try {
            return turn(untilEmpty);
        } finally {
            possession.release();
        }
    }

    private RunResult turn(boolean untilEmpty) {
        while (!stopping) {
            runDue();
            requireMine(); // a task may have returned too late
            if (untilEmpty && !stopping && isEmpty()) {
                return RunResult.EMPTY;
            }
            poll(-1);
        }
        sendAll();
        stopping = false;
        return RunResult.STOPPED;
    }

    /**
     * Makes one turn on the calling thread: posted tasks, due timers, ready sources. A requested stop ends the turn after
     * the current callback and is cleared by it.
     *
     * @param longestWait maximum nanoseconds to wait when there is no work
     * @throws IllegalStateException when the reactor is running already, or closed
     */
    public void turn(long longestWait) {
        possession.claim();
        try {
            runDue();
            poll(longestWait);
            if (stopping) {
                sendAll();
                stopping = false;
            }
        } finally {
            possession.release();
        }
    }

    /**
     * Polls once more, because writes of the last callbacks may wait for a poll (P26). No callback is made, because the loop
     * stops.
     */
    private void sendAll() {
        poll(0);
    }

    private boolean isEmpty() {
        return sources.size() == OWN_SOURCES && timers.isEmpty() && pending.isEmpty() && tasks.isEmpty();
    }

    private void runDue() {
        counters.turn();
        tasks.runWaiting(isStopping);
        if (!timers.isEmpty()) {
            timers.expire(now(), isStopping);
        }
    }

    private void poll(long longestWait) {
        activity.end(); // also when a callback has thrown
        long now = time.rest();
        wakeUp.asleep();
        Polling present = pollers.present();
        boolean working;
        try {
            working = present.poll(waitTime(longestWait, now), now);
            requireMine();
        } catch (LostLoop lost) {
            present.close(); // unless the other thread could do it
            throw lost;
        }
        wakeUp.awake();
        counters.ready(present.ready());
        if (!working) {
            pollers.replaceBroken();
        }
    }

    /**
     * The time that the poller may wait. A task or a stop that came before the loop counts as asleep does not wake it, so
     * both are checked here.
     */
    private long waitTime(long longestWait, long now) {
        if (stopping || !tasks.isEmpty()) {
            return 0;
        }
        if (timers.isEmpty()) {
            return longestWait;
        }
        long untilNext = timers.untilNext(now);
        return longestWait < 0 ? untilNext : Math.min(untilNext, longestWait);
    }

    private void endAll() {
        stopping = false;
        tasks.close();
        tasks.runAll();
        List.copyOf(pending).forEach(Pending::drop);
        sources.forEach(source -> {
            if (source != wakeUp) {
                source.drop();
            }
        });
        tasks.runAll();
        locals.close();
        tasks.runAll();
        timers.drop();
        wakeUp.drop();
        memory.leave();
        pollers.present().close();
    }

    // ---- another thread

    /** Gives the loop to a thread that has not begun yet; false when the first thread no longer has it. */
    public boolean give(Thread from, Thread to) {
        boolean given = possession.give(from, to);
        if (given) {
            wakeUp.wake(); // the thread may have returned just now and wait in its poller
        }
        return given;
    }

    /**
     * Ends the work of a thread that no longer has the loop. Called whenever a callback returns, before the loop's state is
     * touched.
     */
    public void requireMine() {
        possession.requireMine();
    }

    /** Like {@link #requireMine}, where it is also possible that no thread has the loop. */
    public void requireNotLost() {
        possession.requireNotLost();
    }

    private void takeOver(Consumer<Callee> givenUp) {
        Object stuck = buffers.gatherer == null ? activity.current() : buffers.gatherer;
        pollers.renew();
        buffers.renew();
        if (stuck instanceof Callee callee) { // a task has nothing to give up
            if (callee.giveUp()) {
                givenUp.accept(callee);
            }
        }
        activity.end();
    }

    // ---- the backend

    /**
     * Swaps the backend: opens a poller of another backend, or a new one of the same, and gives it every source. Handlers do
     * not notice the swap.
     *
     * <p>For the reactor's thread, between two turns: in a task, a timer, or while no thread runs the reactor.
     *
     * @return the number of moved sources
     * @throws IOException when the backend opens no poller, or its poller refuses a source; nothing has changed then
     * @throws IllegalStateException in a callback of a channel, where the old poller is at work (post a task), and on
     *     another thread
     */
    public int moveTo(Backend next) throws IOException {
        requireOwner();
        return pollers.moveTo(next) - OWN_SOURCES;
    }

    /** Changes to a poller for which {@link Sources#prepare} was called, and returns the previous one. */
    public Poller exchange(Backend next, Poller fresh) throws IOException {
        requireOwner();
        return pollers.exchange(next, fresh);
    }

    /** The backend that polls; from any thread. */
    public Backend backend() {
        return pollers.present().backend();
    }

    // ---- state of protocols

    /** The value under a key. It is made when there is none yet. */
    public <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create) {
        requireNotEnded();
        return locals.get(key, create);
    }

    /** Removes the value under a key, and returns it. */
    public <T> @Nullable T removeLocal(Key<T> key) {
        requireOwner();
        return locals.remove(key);
    }

    // ---- from any thread

    /** Runs a task on the loop; from any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.post(task);
        wakeUnlessInLoop();
    }

    /** Runs a task on the loop when no caller waits for it: a closed loop ignores it. From any thread. */
    public void post(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("A loop is closed and does without a task", e);
        }
    }

    /** Ends the run or the turn after the current callback. */
    public void stop() {
        stopping = true;
        wakeUnlessInLoop();
    }

    private void wakeUnlessInLoop() {
        if (!inLoop()) {
            wakeUp.wake();
            LockSupport.unpark(possession.holder()); // without a backend, the loop does not wait on its pipe
        }
    }

    /** Whether the calling thread has the loop. */
    public boolean inLoop() {
        return possession.isMine();
    }

    /** Closes the loop: on its own thread when the run or the turn ends, otherwise before this method returns. */
    public void close() {
        possession.close();
        stop();
        if (!inLoop()) { // on its own thread, it ends with the run or turn around this callback
            possession.awaitDisposed();
        }
    }

    // ---- for the parts of the loop

    /** Runs a task of the loop itself after the current callback. Never refused. For the loop's thread only. */
    public void defer(Runnable task) {
        tasks.defer(task);
    }

    /** Runs a task of the loop itself, from another thread. */
    public void deferAndWake(Runnable task) {
        tasks.defer(task);
        wakeUnlessInLoop();
    }

    /** The reactor that handlers see. */
    public Reactor reactor() {
        return reactor;
    }

    /** The work that keeps the loop running without a channel or a timer. */
    public Set<Pending> pending() {
        return pending;
    }

    public long now() {
        return clock.getAsLong();
    }

    public Activity activity() {
        return activity;
    }

    /** How its time divides into work and waits; from any thread. */
    public WorkTime time() {
        return time;
    }

    /** How many tasks wait; from any thread. */
    public int tasksWaiting() {
        return tasks.size();
    }

    public Timers timers() {
        return timers;
    }

    public Sources sources() {
        return sources;
    }

    public Poller poller() {
        return pollers.present().poller();
    }

    public Buffers buffers() {
        return buffers;
    }

    public Counters counters() {
        return counters;
    }

    public LoopMemory memory() {
        return memory;
    }

    /**
     * Whether the current callbacks are the last: the loop was stopped, or another thread has it. For the thread that has or
     * had it.
     */
    public boolean isStopping() {
        return stopping || !inLoop();
    }

    /** Whether a thread is in {@link #run} or {@link #turn} now. From any thread. */
    public boolean isRunning() {
        return possession.holder() != null;
    }

    /** Refuses the calling thread when another thread has the loop. */
    public void requireOwner() {
        possession.requireMineOrFree();
    }

    /**
     * Refuses the calling thread when another thread has the loop, and every thread when the loop has made its last callback. Until then
     * it is not the callbacks' concern that another thread closes the loop.
     */
    public void requireNotEnded() {
        requireOwner();
        if (possession.isDisposed()) {
            throw new IllegalStateException("The reactor is closed");
        }
    }

    /** Refuses a registration on a thread that does not have the loop, or when the loop is closed. */
    public void requireOpen() {
        requireOwner();
        if (possession.isClosing()) {
            throw new IllegalStateException("The reactor is closed");
        }
    }
}
