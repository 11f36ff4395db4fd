package org.pollux.reactor.runtime.loop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;

/** What timers cost while so many wait. */
@State(Scope.Thread)
public class TimersBenchmark extends Timed {

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(60);

    @Param({"1", "1000", "100000"})
    int waiting;

    private final Timers timers = new Timers();
    private final Timer another = new Nothing();
    private Timer[] all;
    private int next;
    private long now;

    @Setup
    public void prepare() {
        all = new Timer[waiting];
        for (int i = 0; i < waiting; i++) {
            all[i] = new Nothing();
            timers.start(all[i], now++ + TIMEOUT);
        }
    }

    /** The oldest timer is pushed back behind all others, as a timeout is that expired too early. */
    @Benchmark
    public void restart() {
        timers.start(all[next], now++ + TIMEOUT);
        next = next + 1 == waiting ? 0 : next + 1;
    }

    /** A timer that is due first and is cancelled before, as for a request's head. */
    @Benchmark
    public void startAndCancel() {
        timers.start(another, now++);
        timers.cancel(another);
    }

    private static final class Nothing extends Timer {

        @Override
        protected void expire(long now) {}
    }
}
