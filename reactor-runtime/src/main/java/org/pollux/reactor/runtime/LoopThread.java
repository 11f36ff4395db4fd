package org.pollux.reactor.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that turns one loop until the loop is closed. */
final class LoopThread extends Thread {

    private static final Duration REST = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    final EventLoop loop;

    /** Connections on their way here from the loop that accepted them. */
    final AtomicInteger arriving = new AtomicInteger();

    private volatile boolean ending;

    /** A thread, not started yet, whose loop is parked. */
    LoopThread(String name, MemoryBudget memory) throws IOException {
        super(null, null, name, 0, false); // nothing is inherited from the thread that happens to start the server
        this.loop = new EventLoop(NoBackend.INSTANCE, memory);
        setDaemon(false);
        setContextClassLoader(LoopThread.class.getClassLoader());
    }

    int connections() {
        return loop.counters().connections() + arriving.get();
    }

    @Override
    public void run() {
        while (!ending) {
            try {
                loop.serve();
            } catch (Throwable fault) { // an Error, for the loop survives all else
                LOG.error("{} failed and goes on", getName(), fault);
                LockSupport.parkNanos(REST.toNanos()); // not to fail in a circle
            }
        }
    }

    /** Closes the loop after its current callback; {@link #join} waits for it. */
    void end() {
        ending = true;
        loop.execute(loop::close);
    }

    /** What it does now, when it does not answer: for people. */
    String whereabouts() {
        StringBuilder text = new StringBuilder(getName()).append(" is in");
        StackTraceElement[] frames = getStackTrace();
        for (int i = 0; i < Math.min(8, frames.length); i++) {
            text.append("\n    ").append(frames[i]);
        }
        return text.toString();
    }
}
