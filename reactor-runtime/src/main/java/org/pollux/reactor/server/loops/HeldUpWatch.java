package org.pollux.reactor.server.loops;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the loops of a server ten times a second, on a separate thread, and detects a callback that does not return.
 * This costs the loops one store for each callback.
 */
public final class HeldUpWatch implements AutoCloseable {

    /** Between two looks. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(HeldUpWatch.class);

    private final LoopGroup loops;
    private final Consumer<LoopThread> busyChanged;
    private final CarrierProbe carriers = new CarrierProbe(stack -> this.owners.apply(stack));
    private final Thread thread;
    private volatile Function<List<StackTraceElement>, Optional<String>> owners = _ -> Optional.empty();
    private volatile long heldUpAfter;
    private volatile boolean closed;

    /**
     * A watch that is not started.
     *
     * @param busyChanged called on the watch's thread when a loop became busy or has returned
     */
    public HeldUpWatch(LoopGroup loops, Duration heldUpAfter, Consumer<LoopThread> busyChanged) {
        this.loops = loops;
        this.busyChanged = busyChanged;
        this.heldUpAfter = heldUpAfter.toNanos();
        this.thread = Thread.ofPlatform()
                .name("pollux-watch")
                .inheritInheritableThreadLocals(false)
                .daemon(true)
                .unstarted(this::run);
        thread.setContextClassLoader(HeldUpWatch.class.getClassLoader());
    }

    public void start() {
        thread.start();
    }

    public void heldUpAfter(Duration duration) {
        heldUpAfter = duration.toNanos();
    }

    /** Sets the function that names the bundle whose code a stack is in. It is called only while a loop is held up. */
    public void owners(Function<List<StackTraceElement>, Optional<String>> naming) {
        owners = stack -> {
            try {
                return naming.apply(stack);
            } catch (RuntimeException | LinkageError e) { // of a framework that stops; the loop is held up all the same
                LOG.debug("The bundle of a stack is not found", e);
                return Optional.empty();
            }
        };
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            if (Thread.interrupted()) {
                continue; // another caller's interrupt; close() sets its flag before
            }
            long now = System.nanoTime();
            look(now);
            try {
                carriers.look(now, heldUpAfter);
            } catch (OutOfMemoryError e) { // there is no native thread left for the dump
                LOG.error("The watch cannot look for the threads that occupy the carriers", e);
            }
        }
    }

    /** The faults that are not of the loops. */
    public Optional<String> fault() {
        return carriers.fault(System.nanoTime());
    }

    /** Looks at every loop once. */
    void look(long now) {
        for (LoopThread loop : loops.threads()) {
            try {
                if (loop.watch().look(now, heldUpAfter, owners)) {
                    busyChanged.accept(loop);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.error("The watch cannot look at {}", loop.getName(), e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
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
