package org.pollux.reactor.server.endpoints;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The time between two versions of a service. It is counted in glances of the admin thread and not read off a clock: while
 * the whole process is stopped, the bundle cannot come back either.
 *
 * <p>For the admin thread.
 */
public final class HandOver {

    /** Between two glances. */
    public static final Duration TICK = Duration.ofMillis(100);

    /** Since a service was last known to come back; as a rule it does within this time, or not at all. */
    private static final long SHORT = Duration.ofSeconds(1).dividedBy(TICK);

    private final BooleanSupplier comesBack;
    private final long most;
    private long glances;
    private int seen = -1;

    /** When it was last known to come back. */
    private long known;

    private boolean over;

    /**
     * Begins.
     *
     * @param comesBack whether it is known that another version is to be expected
     * @param most for how long it is waited for that one
     */
    public HandOver(BooleanSupplier comesBack, Duration most) {
        this.comesBack = comesBack;
        this.most = Math.max(SHORT, most.dividedBy(TICK));
    }

    /** A glance of the admin thread, by its number; all that wait for the same version share this. */
    void tick(int glance) {
        if (glance == seen) {
            return;
        }
        seen = glance;
        glances++;
        if (comesBack.getAsBoolean()) {
            known = glances;
        }
        over = glances >= most || glances - known >= SHORT;
    }

    boolean isOver() {
        return over;
    }
}
