package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.LostLoop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that turns one loop until the loop is closed, or taken from it. */
public final class LoopThread extends Thread {

    private static final Duration GLANCE = Duration.ofMillis(1);
    private static final Duration REST = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    public final Loop loop;

    /** Connections on their way here from the loop that accepted them. */
    public final AtomicInteger arriving = new AtomicInteger();

    private final String number;
    private final LoopWatch watch;

    /** The thread from which this one takes the loop; null for the first thread of a loop. */
    private final @Nullable LoopThread former;

    private final CountDownLatch tookOver = new CountDownLatch(1);
    private volatile boolean ending;

    /** For a former thread: the object whose callback did not return, unless it was a task. */
    private volatile @Nullable Callee givenUp;

    /**
     * A thread, not started yet, whose loop is parked.
     *
     * @param number the loop's name among the server's loops: 0, 1 and so on, or a word
     */
    LoopThread(String number, MemoryBudget memory) throws IOException {
        super(null, null, "pollux-loop-" + number, 0, false); // inherits nothing from the thread that starts the server
        this.number = number;
        this.former = null;
        this.loop = LoopReactor.own(memory);
        this.watch = new LoopWatch(this);
        setDaemon(false);
        setContextClassLoader(LoopThread.class.getClassLoader());
    }

    private LoopThread(LoopThread former) {
        super(null, null, former.getName(), 0, false);
        this.former = former;
        this.number = former.number;
        this.loop = former.loop;
        this.watch = new LoopWatch(this, former.watch);
        setDaemon(false);
        setContextClassLoader(LoopThread.class.getClassLoader());
    }

    /**
     * Gives the loop of a thread that does not return from a callback to another thread, which begins as soon as the first
     * one is outside the loop's own code.
     *
     * @return empty when this thread does not have the loop
     */
    Optional<LoopThread> replace() {
        LoopThread next = new LoopThread(this);
        if (!loop.give(this, next)) {
            return Optional.empty();
        }
        setName(getName() + "-former");
        next.start();
        return Optional.of(next);
    }

    /** Whether this thread has begun to turn the loop that it took over. */
    boolean awaitTakeOver(Duration patience) throws InterruptedException {
        return tookOver.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For a former thread: the object that its loop lost with it. */
    Optional<Callee> givenUp() {
        return Optional.ofNullable(givenUp);
    }

    String number() {
        return number;
    }

    public LoopWatch watch() {
        return watch;
    }

    int connections() {
        return loop.counters().connections() + arriving.get();
    }

    @Override
    public void run() {
        boolean takesOver = former != null;
        while (!ending) {
            try {
                if (takesOver) {
                    takesOver = false;
                    takeOver();
                } else {
                    loop.serve();
                }
            } catch (LostLoop lost) {
                hasLostLoop();
                return;
            } catch (Throwable fault) { // an Error, because the loop survives everything else
                LOG.error("{} failed and continues", getName(), fault);
                LockSupport.parkNanos(REST.toNanos()); // limits the rate of repeated failures
            }
        }
    }

    private void takeOver() {
        LoopThread before = Objects.requireNonNull(former);
        while (!Callbacks.isOutside(before)) {
            if (ending) {
                return; // the former thread still has the loop, so nothing can close it here
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        loop.serveAfter(connection -> before.givenUp = connection, tookOver::countDown);
    }

    /** This thread's callback has returned after all. */
    private void hasLostLoop() {
        LOG.warn("{} has returned from its callback and ends: its loop has another thread", getName());
        loop.deferAndWake(
                () -> { // after the other thread's start
                    Callee lost = givenUp;
                    if (lost != null) {
                        lost.tellGivenUp();
                    }
                });
    }

    /** Closes the loop after its current callback; {@link #join} waits for it. */
    void end() {
        ending = true;
        loop.execute(loop::close);
    }

    /** The innermost frame, for messages. */
    String innermost() {
        StackTraceElement[] frames = getStackTrace();
        return frames.length == 0 ? "it is about to end" : "it is in " + frames[0];
    }

    /** The current work of a thread that does not respond, for messages. */
    String whereabouts() {
        StringBuilder text = new StringBuilder(getName()).append(" is in");
        StackTraceElement[] frames = getStackTrace();
        for (int i = 0; i < Math.min(8, frames.length); i++) {
            text.append("\n    ").append(frames[i]);
        }
        return text.toString();
    }
}
