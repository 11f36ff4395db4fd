package org.pollux.servlet.body;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the callbacks of one request one after the other, on a thread of the container, and none before it is opened: the first
 * call of the servlet has returned then. From any thread.
 */
public final class SerialTasks {

    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean isExpected;
    private boolean isOpen;
    private boolean isRunning;

    public SerialTasks(Executor executor) {
        this.executor = executor;
    }

    /** Callbacks are possible from now on: the request is asynchronous. */
    public synchronized void expect() {
        isExpected = true;
    }

    /** Checks whether a listener can be set. */
    synchronized void requireExpected() {
        if (!isExpected) {
            throw new IllegalStateException("Without startAsync, or an upgrade, there are no callbacks: call it first");
        }
    }

    public synchronized void open() {
        isExpected = true;
        isOpen = true;
        start();
    }

    /** The servlet is called again. Callbacks wait until the request is asynchronous once more. */
    public synchronized void close() {
        isExpected = false;
        isOpen = false;
    }

    public synchronized void add(Runnable task) {
        tasks.add(task);
        start();
    }

    private void start() {
        if (isOpen && !isRunning && !tasks.isEmpty()) {
            isRunning = true;
            executor.execute(this::run);
        }
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException | Error e) { // those behind it still run
                LOG.error("A callback of a request failed", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = tasks.poll();
        isRunning = next != null;
        return next;
    }
}
