package org.pollux.reactor.runtime.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.pollux.reactor.admin.Counts;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.Histogram;
import org.pollux.reactor.runtime.recording.LoopTurn;

/**
 * How a loop divides its time: written by its thread, read by any.
 *
 * <pre>
 *   WAITING ──the first callback after the wait──▶ WORKING ──the poller is asked──▶ WAITING
 * </pre>
 *
 * <p>The clock is read twice in a turn. A poller waits and calls back in one call, so the first callback ends the wait.
 */
public final class WorkTime {

    private static final long WAITING = Long.MIN_VALUE;
    private static final int BUSY = 0;
    private static final VarHandle SINCE;

    static {
        try {
            SINCE = MethodHandles.lookup().findVarHandle(WorkTime.class, "since", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier clock;
    private final Counts total = new Counts(1);
    private final Histogram turns = new Histogram();
    private final LoopTurn recorded = new LoopTurn();

    /** When the present turn began to work. */
    private long since = WAITING;

    WorkTime(LongSupplier clock) {
        this.clock = clock;
    }

    /** A callback begins. */
    void work() {
        if (since == WAITING) {
            SINCE.setOpaque(this, clock.getAsLong());
            recorded.begun();
        }
    }

    /** The poller is about to be asked; returns the time. */
    long rest() {
        long now = clock.getAsLong();
        if (since != WAITING) {
            long worked = now - since;
            SINCE.setOpaque(this, WAITING);
            total.add(BUSY, worked);
            turns.record(worked);
            recorded.over();
        }
        return now;
    }

    /** The time for what need not be exact: when the present turn began, which costs no look at the clock. On the loop's thread. */
    public long about() {
        return since == WAITING ? clock.getAsLong() : since;
    }

    /** Nanoseconds that it has worked, the present turn included; from any thread. */
    public long busy() {
        return total.get(BUSY) + presentTurn();
    }

    /** Nanoseconds that the present turn has worked, 0 while it waits; from any thread. */
    public long presentTurn() {
        long began = (long) SINCE.getOpaque(this);
        return began == WAITING ? 0 : Math.max(0, clock.getAsLong() - began);
    }

    /** How long it worked in each turn that has ended; from any thread. */
    public Distribution turns() {
        return turns.read();
    }
}
