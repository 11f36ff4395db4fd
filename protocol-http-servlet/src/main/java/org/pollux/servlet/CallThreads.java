package org.pollux.servlet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual threads for calls that may wait for anything. A thread of its own for each call would cost as much as a short call,
 * so a thread takes one call after the other. While a call waits, another thread takes those behind it. From any thread.
 *
 * <pre>
 *   execute   adds a call, and starts a thread unless one is coming
 *   a thread  takes a call; starts the next thread when more calls wait and none is coming; runs the call; takes another
 * </pre>
 */
final class CallThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);

    /** Calls of one thread. Then it ends, so that threads that have waited for something get their turn. */
    private static final int IN_A_ROW = 64;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread was started that has not taken a call yet: it sees all calls that were added before. */
    private final AtomicBoolean isComing = new AtomicBoolean();

    @Override
    public void execute(Runnable call) {
        waiting.add(call);
        start();
    }

    private void start() {
        if (!isComing.get() && isComing.compareAndSet(false, true)) {
            try {
                Thread.ofVirtual().name("servlet").start(this::run);
            } catch (Throwable fault) { // OutOfMemoryError: the next call tries again, and runs this one too
                isComing.set(false);
                throw fault;
            }
        }
    }

    private void run() {
        isComing.set(false);
        for (int left = IN_A_ROW; left > 0; left--) {
            Runnable call = waiting.poll();
            if (call == null) {
                return;
            }
            if (!waiting.isEmpty()) {
                start(); // before the call, which may wait
            }
            run(call);
        }
        if (!waiting.isEmpty()) {
            start();
        }
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (Throwable fault) { // an Error too: the calls behind it are others'
            LOG.error("A call of a servlet's container failed", fault);
        } finally {
            boolean _ = Thread.interrupted(); // it was meant for this call
        }
    }
}
