package org.pollux.reactor.server.loops;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.loop.Activity;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Timer;
import org.pollux.reactor.runtime.loop.Watched;
import org.pollux.reactor.runtime.recording.CallbackHeldUp;
import org.pollux.reactor.runtime.recording.CallbackReturned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one loop, as the watch sees it.
 *
 * <pre>
 *             the same callback at two looks,         as long as heldUpAfter
 *             BUSY_AFTER apart
 *   SERVING ──────────────────────────────────▶ BUSY ────────────────────────▶ HELD_UP
 *      ▲                                          │                               │
 *      └──────────────────────────────────────────┴───────────────────────────────┘
 *                                   the callback has returned
 * </pre>
 *
 * <p>New connections avoid a loop that is busy. A loop that is held up is reported to the operator.
 *
 * <p>{@link #look} is for the watch's thread, the rest for any.
 */
public final class LoopWatch {

    /** When a callback lasts this long, new connections go to other loops. */
    static final long BUSY_AFTER = 200_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    private final LoopThread thread;
    private final Activity activity;
    private long count = -1;
    private long since;
    private volatile boolean busy;
    private volatile @Nullable HeldUp heldUp;
    private volatile long times;

    LoopWatch(LoopThread thread) {
        this.thread = thread;
        this.activity = thread.loop.activity();
    }

    /** The state of the same loop with another thread. The loop counts as busy as before, until the next look. */
    LoopWatch(LoopThread thread, LoopWatch former) {
        this(thread);
        this.times = former.times;
        this.busy = former.busy;
    }

    /** Whether the current callback lasts so long that new connections should go to other loops. */
    public boolean isBusy() {
        return busy;
    }

    public Optional<HeldUp> heldUp() {
        return Optional.ofNullable(heldUp);
    }

    public boolean isHeldUp() {
        return heldUp != null;
    }

    /** The number of times that the loop was held up. */
    public long times() {
        return times;
    }

    /**
     * Looks once.
     *
     * @param now nanoseconds by any clock
     * @param heldUpAfter nanoseconds
     * @param owners names the bundle whose code a stack is in
     * @return whether {@link #isBusy} has changed
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public boolean look(long now, long heldUpAfter, Function<List<StackTraceElement>, Optional<String>> owners) {
        long called = activity.count();
        Object current = activity.current();
        if (current == null || called != count) {
            count = called;
            since = now;
            return returned(now);
        }
        long lasted = now - since;
        if (lasted >= heldUpAfter && heldUp == null) {
            times++;
            tell(now, current, owners);
        }
        if (lasted >= Math.min(BUSY_AFTER, heldUpAfter) && !busy) {
            busy = true;
            return true;
        }
        return false;
    }

    private boolean returned(long now) {
        boolean changed = busy;
        HeldUp before = heldUp;
        busy = false;
        if (before != null) {
            CallbackReturned.record(thread.getName(), before.culprit(), now - before.since());
            heldUp = null;
            LOG.warn(
                    "{} continues: it was held up for {} by {}",
                    thread.getName(),
                    HeldUp.seconds(now - before.since()),
                    before.culprit());
        }
        return changed;
    }

    private void tell(long now, Object current, Function<List<StackTraceElement>, Optional<String>> owners) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        HeldUp held = new HeldUp(since, owners.apply(stack), describe(current), stack);
        if (activity.count() != count) {
            return; // the callback has just returned, and the stack may belong to another one
        }
        CallbackHeldUp.record(thread.getName(), held.culprit(), now - since, held.stackText());
        heldUp = held;
        LOG.warn(
                "{} is held up, for {} now, by {}. Its connections wait until that callback returns; new ones go to other"
                        + " loops if there are any. 'pollux loops replace {}' gives the loop another thread. The callback is"
                        + " in:{}",
                thread.getName(),
                HeldUp.seconds(now - since),
                held.culprit(),
                thread.number(),
                held.stackText());
    }

    /** These values belong to another thread, and may be arbitrary when it continues at this moment. */
    private String describe(Object current) {
        try {
            Callee gatherer = thread.loop.buffers().gatherer;
            return switch (gatherer != null ? gatherer : current) {
                case Callee callee -> callee.work();
                case Watched source -> source.toString();
                case Timer _ -> "a timer of the runtime";
                default -> "a task (" + current.getClass().getName() + ")";
            };
        } catch (RuntimeException | LinkageError e) { // from a handler's code, on a thread that it does not expect
            return "something that cannot be described: " + e;
        }
    }
}
