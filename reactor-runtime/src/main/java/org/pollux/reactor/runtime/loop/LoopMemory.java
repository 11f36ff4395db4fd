package org.pollux.reactor.runtime.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The memory that the server holds for the connections of one loop. Sheds connections when the {@link MemoryBudget} is used
 * up.
 *
 * <p>The loop's thread counts, without an atomic operation; other threads add what they hand to the loop to {@link
 * #foreign}. The budget checks the sums only when one has changed by a {@link #STEP}. A connection whose bytes the system
 * takes at once causes none of this work.
 */
public final class LoopMemory {

    /**
     * The heap cost of an open connection, including its handler and the JDK's socket; docs/limits.md has the measurement.
     */
    public static final int CONNECTION = 1_280;

    /** A peer that would need longer than this for the held data is slow. */
    static final double SLOW = 0.5e9;

    /** The change that is needed before the sums are checked. */
    static final int STEP = 64 * 1024;

    /** The interval of checks while the budget is used up. */
    static final Duration LOOK = Duration.ofMillis(100);

    private static final VarHandle USED;
    private static final VarHandle CONNECTIONS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            USED = lookup.findVarHandle(LoopMemory.class, "used", long.class);
            CONNECTIONS = lookup.findVarHandle(LoopMemory.class, "connections", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Sources sources;
    private final Timers timers;
    private final LongSupplier clock;
    private final Executor later;
    private final MemoryBudget budget;

    /** Bytes that waited for the loop or that handlers keep, counted by any thread. */
    private final AtomicLong foreign = new AtomicLong();

    /** Written by the loop only: queues, unread bytes, and the connections themselves. */
    private long used;

    private int connections;

    /** The memory in use at the last check of the sums. */
    private long looked;

    /** Whether the sums must be checked, when it is safe to end connections. */
    private boolean due;

    /** The time until which a search for a connection to shed would find none. */
    private long pauseUntil;

    private boolean pausing;

    /** Runs while the budget needs regular checks. */
    private final Timer looking = new Timer() {
        @Override
        protected void expire(long now) {
            look();
        }
    };

    /**
     * Joins the budget.
     *
     * @param later runs a task on the loop; from any thread
     */
    LoopMemory(Sources sources, Timers timers, LongSupplier clock, Executor later, MemoryBudget budget) {
        this.sources = sources;
        this.timers = timers;
        this.clock = clock;
        this.later = later;
        this.budget = budget;
        budget.join(this);
    }

    public MemoryBudget budget() {
        return budget;
    }

    /** Bytes; from any thread. */
    public long used() {
        return (long) USED.getOpaque(this) + foreign.get();
    }

    /** The part of these bytes that the connections themselves cost; from any thread. */
    long connectionBytes() {
        return (long) (int) CONNECTIONS.getOpaque(this) * CONNECTION;
    }

    // ---- counting

    public void connectionOpened() {
        CONNECTIONS.setOpaque(this, connections + 1);
        add(CONNECTION);
    }

    public void connectionClosed() {
        CONNECTIONS.setOpaque(this, connections - 1);
        add(-CONNECTION);
    }

    /** Adds to the held bytes, or subtracts when negative. On the loop's thread. */
    public void add(long bytes) {
        long now = used + bytes;
        USED.setOpaque(this, now);
        if (Math.abs(now - looked) >= STEP) {
            due = true;
        }
    }

    /** From any thread. */
    public void addForeign(long bytes) {
        long now = foreign.addAndGet(bytes);
        if (now / STEP != (now - bytes) / STEP && budget.look() && bytes > 0) {
            askToLook();
        }
    }

    // ---- shedding

    /** Checks the sums when they have changed enough. On the loop's thread, where connections may end. */
    public void settle() {
        if (due) {
            look();
        }
    }

    /** The budget asks the loop to check. From any thread. */
    void askToLook() {
        later.execute(this::look);
    }

    private void look() {
        due = false;
        looked = used;
        if (budget.look() && !isPausing()) {
            shed();
            boolean _ = budget.look();
        }
        if (budget.follows(clock.getAsLong())) {
            timers.start(looking, clock.getAsLong() + LOOK.toNanos());
        }
    }

    private boolean isPausing() {
        pausing = pausing && clock.getAsLong() - pauseUntil < 0 && !budget.isExhausted();
        return pausing;
    }

    /**
     * Sheds the slowest and largest connections: slow ones until there is room again. When the last reserve is in use, it
     * also sheds others, as long as this loop holds more than its part.
     */
    private void shed() {
        long now = clock.getAsLong();
        List<Candidate> candidates = candidates(now);
        int shed = 0;
        for (Candidate candidate : candidates) {
            long total = budget.used();
            boolean slow = candidate.slowness() >= SLOW && total > budget.resumeAt();
            boolean last = total > budget.exhaustedAt() && used() > budget.partOf(this);
            if (!slow && !last) {
                break;
            }
            candidate.source().shed(candidate.bytes());
            shed++;
        }
        if (shed == 0) {
            pausing = true;
            pauseUntil = now + LOOK.toNanos() / 2;
        }
    }

    private record Candidate(Sheddable source, long bytes, double slowness) {}

    private List<Candidate> candidates(long now) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.at(i) instanceof Sheddable source && source.isSheddable()) {
                candidates.add(new Candidate(source, source.held(), source.slowness(now)));
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::slowness).reversed());
        return candidates;
    }

    /** The loop is closed and no longer holds memory. */
    void leave() {
        budget.leave(this);
    }
}
