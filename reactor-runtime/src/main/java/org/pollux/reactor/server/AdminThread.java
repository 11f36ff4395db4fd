package org.pollux.reactor.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes a server: backends, endpoints and settings come and go one after the other, so that none of
 * this needs a lock. It may wait for the loops; hence no loop may wait for it.
 */
final class AdminThread {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Logger LOG = LoggerFactory.getLogger(AdminThread.class);

    private final BooleanSupplier callerIsLoop;
    private final ScheduledThreadPoolExecutor executor;
    private volatile Thread thread = Thread.currentThread();

    AdminThread(BooleanSupplier callerIsLoop) {
        this.callerIsLoop = callerIsLoop;
        executor = new ScheduledThreadPoolExecutor(1, this::thread);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        executor.prestartCoreThread();
    }

    private Thread thread(Runnable work) {
        Thread made = Thread.ofPlatform()
                .name("pollux-admin")
                .inheritInheritableThreadLocals(false)
                .daemon(false)
                .unstarted(work);
        made.setContextClassLoader(AdminThread.class.getClassLoader());
        thread = made;
        return made;
    }

    /** Makes a change. Returns when it is made, except on a loop, where it is made later; ignored when closed. */
    void perform(Runnable change) {
        try {
            if (callerIsLoop.getAsBoolean()) {
                executor.execute(() -> guarded(change));
            } else {
                call(() -> {
                    change.run();
                    return true;
                });
            }
        } catch (RejectedExecutionException _) {
            // The server is closed: there is nothing left to change.
        }
    }

    private static void guarded(Runnable change) {
        try {
            change.run();
        } catch (Throwable fault) {
            LOG.error("A change of the server failed, and no caller waits for it", fault);
        }
    }

    /**
     * Makes a change that has a result.
     *
     * @throws IllegalStateException on a loop, which would wait for itself
     * @throws RejectedExecutionException when closed
     */
    <T> T call(Supplier<T> change) {
        return call(change, FOR_EVER);
    }

    /**
     * The same with a time limit. A change that was begun is made to its end.
     *
     * @throws IllegalStateException when the time is over, with what the thread does instead
     */
    <T> T call(Supplier<T> change, Duration patience) {
        if (callerIsLoop.getAsBoolean()) {
            throw new IllegalStateException(
                    "The thread of an event loop cannot wait for a change of the loops: ask on another thread");
        }
        if (Thread.currentThread() == thread) {
            return change.get();
        }
        try {
            return CompletableFuture.supplyAsync(change, executor)
                    .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case TimeoutException _ ->
                    throw new IllegalStateException("Not done after " + patience.toSeconds()
                            + " s, and done later perhaps; the server's admin thread is in " + whereabouts());
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    private String whereabouts() {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n    ").append(frame);
        }
        return text.toString();
    }

    /** Makes a change after a while, unless closed by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is guarded
    void later(Duration delay, Runnable change) {
        executor.schedule(() -> guarded(change), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Makes no change any more but those that wait already, and returns when the thread has ended. */
    void close() {
        executor.shutdown();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
