package org.pollux.reactor.runtime.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that wait for a loop: posted by any thread, run by the loop's in the order of each poster. */
final class Tasks {

    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    /** Marks how far a pass goes, so that tasks which post tasks leave the loop its turn. */
    private enum Fence implements Runnable {
        HERE;

        @Override
        public void run() {}
    }

    private final Activity activity;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /** A pass that was stopped leaves its fence behind, to the next. */
    private boolean fenced;

    private volatile boolean closed;

    Tasks(Activity activity) {
        this.activity = activity;
    }

    /**
     * Adds a task, from any thread.
     *
     * @throws RejectedExecutionException when closed; a task that was not refused is run
     */
    void post(Runnable task) {
        if (!closed) {
            queue.offer(task);
            // A thread that closed in between either has run the task and removed it from the queue, or never will.
            if (!closed || !queue.remove(task)) {
                return;
            }
        }
        throw new RejectedExecutionException("The reactor is closed and takes no task any more");
    }

    /** Adds a task of the loop's own, which is never refused. */
    void defer(Runnable task) {
        queue.offer(task);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How many wait, which is counted one by one, and may be wrong by one; from any thread. */
    int size() {
        return Math.max(0, queue.size() - (fenced ? 1 : 0));
    }

    /** Runs the tasks that wait now, until asked to stop; tasks that are posted meanwhile wait for the next pass. */
    void runWaiting(BooleanSupplier stopped) {
        if (queue.isEmpty()) {
            return;
        }
        if (!fenced) {
            queue.offer(Fence.HERE);
            fenced = true;
        }
        while (!stopped.getAsBoolean()) { // also when the task before has lost the loop
            Runnable task = queue.poll();
            if (task == null || task instanceof Fence) {
                fenced = false;
                return;
            }
            runGuarded(task);
        }
    }

    /** Refuses tasks from now on. */
    void close() {
        closed = true;
    }

    /** Runs everything that is there or comes up meanwhile. */
    void runAll() {
        for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
            runGuarded(task);
        }
    }

    /** What follows ends the activity: after a task that returned too late, the loop may be another thread's. */
    private void runGuarded(Runnable task) {
        activity.begin(task);
        try {
            task.run();
        } catch (LostLoop lost) {
            throw lost;
        } catch (Throwable fault) {
            LOG.error("A task posted to the reactor failed; the reactor continues", fault);
        }
    }
}
