package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.net.Resolver;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.TestedBackend;

/** A loop that runs on a thread of its own, by the real clock, until it is closed. */
public final class RunningLoop implements AutoCloseable {

    public final EventLoop loop;
    public final Loop inside;
    public final Thread thread;

    public RunningLoop() throws IOException, InterruptedException {
        this(TestedBackend.of(new NioBackend()));
    }

    public RunningLoop(Backend backend) throws IOException, InterruptedException {
        this(new EventLoop(backend));
    }

    /** A loop whose connections share the memory of others. */
    public RunningLoop(MemoryBudget budget) throws IOException, InterruptedException {
        this(new EventLoop(TestedBackend.of(new NioBackend()), System::nanoTime, Resolver.JDK, budget));
    }

    private RunningLoop(EventLoop made) throws InterruptedException {
        loop = made;
        inside = made.loop();
        CountDownLatch running = new CountDownLatch(1);
        loop.execute(running::countDown);
        thread = Thread.ofPlatform().name("loop under test").start(inside::serve);
        Await.latch("the loop runs", running);
    }

    /** Runs something on the loop and waits for its result. */
    public <T> T call(Callable<T> action) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(action.call());
            } catch (Throwable fault) {
                result.completeExceptionally(fault);
            }
        });
        try {
            return result.get(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The task failed on the loop", e);
        }
    }

    /** Returns when the loop has nothing to do and waits in its poller, or is about to. */
    public void awaitRest() {
        Await.until("the loop rests", () -> thread.getState() != Thread.State.RUNNABLE || turnsRest());
    }

    /** A thread inside a poller's system call counts as runnable: no turn is made meanwhile. */
    private boolean turnsRest() {
        long turns = inside.counters().turns();
        for (int i = 0; i < 10_000; i++) {
            Thread.onSpinWait();
        }
        return inside.counters().turns() == turns;
    }

    /** Runs a loop on another thread, and gives what the run returned. */
    public static CompletableFuture<RunResult> run(EventLoop loop) throws InterruptedException {
        CompletableFuture<RunResult> result = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        loop.execute(running::countDown);
        Thread.ofPlatform().start(() -> {
            try {
                result.complete(loop.run());
            } catch (Throwable fault) {
                result.completeExceptionally(fault);
            }
        });
        Await.latch("the loop runs", running);
        return result;
    }

    public static void assertEnds(RunResult expected, CompletableFuture<RunResult> run) throws Exception {
        assertEquals(expected, run.get(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        loop.close();
        try {
            Await.end(thread);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
