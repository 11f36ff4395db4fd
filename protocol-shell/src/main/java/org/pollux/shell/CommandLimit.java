package org.pollux.shell;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that one command may take. A command that takes longer is interrupted. A command that ignores the interruption
 * loses its client and keeps running on its thread.
 */
final class CommandLimit implements AutoCloseable {

    /** The time that an interrupted command may still take. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CommandLimit.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("pollux-shell-timer").daemon(true).factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // the shell ends, together with its sessions
    private final Duration grace;
    private volatile Duration longest;

    /**
     * Limits commands.
     *
     * @param longest time for a command; zero means no limit
     */
    CommandLimit(Duration longest) {
        this(longest, GRACE);
    }

    CommandLimit(Duration longest, Duration grace) {
        this.longest = longest;
        this.grace = grace;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Sets the limit for commands that begin from now on. */
    void set(Duration longest) {
        this.longest = longest;
    }

    /**
     * Begins a command on the calling thread.
     *
     * @param abandoned called on another thread when the command ignores its interruption
     */
    Running begin(String command, Consumer<String> abandoned) {
        Duration limit = longest;
        Running running = new Running(command, limit, abandoned);
        if (limit.isPositive()) {
            running.await(running::interrupt, limit);
        }
        return running;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A running command. */
    final class Running implements AutoCloseable {

        private final String command;
        private final Duration limit;
        private final Consumer<String> abandoned;
        private final Thread thread = Thread.currentThread();
        private @Nullable Future<?> next;
        private boolean ended;
        private boolean late;

        private Running(String command, Duration limit, Consumer<String> abandoned) {
            this.command = command;
            this.limit = limit;
            this.abandoned = abandoned;
        }

        private synchronized void interrupt() {
            if (ended) {
                return;
            }
            late = true;
            LOG.warn("{}. It is interrupted", message());
            thread.interrupt();
            await(this::abandon, grace);
        }

        private synchronized void await(Runnable action, Duration time) {
            next = timer.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void abandon() {
            synchronized (this) {
                if (ended) {
                    return;
                }
            }
            LOG.warn("'{}' does not heed its interruption, and is left behind on thread {}", command, thread.getName());
            String why = message() + ", and it did not heed its interruption";
            Thread.ofPlatform() // it may have to wait for the client
                    .name("pollux-shell-abandon")
                    .daemon(true)
                    .start(() -> abandoned.accept(why));
        }

        /** Whether it was interrupted because it took too long. */
        synchronized boolean isLate() {
            return late;
        }

        String message() {
            return "'" + command + "' has not ended after " + limit.toMillis() / 1000.0
                    + " s, which is commandTimeout of pollux.shell";
        }

        /** The command has ended. It is not interrupted from now on. */
        @Override
        public synchronized void close() {
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
            if (late) {
                Thread.interrupted(); // the interruption was for the command, not for the session
            }
        }
    }
}
