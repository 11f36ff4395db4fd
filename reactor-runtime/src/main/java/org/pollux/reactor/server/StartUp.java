package org.pollux.reactor.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that a server waits for before it opens its endpoints.
 *
 * <pre>
 *   WAITING ──(all of it has settled, or the patience is over)──▶ OVER
 * </pre>
 *
 * <p>For the admin thread, but for {@link #isOver}, {@link #faults} and {@link #unsettled}.
 */
final class StartUp {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    private final Reports<String> unsettled = new Reports<>(List::of);
    private long deadline;
    private long seconds;
    private boolean begun;
    private volatile boolean over;
    private volatile boolean late;

    /** The parts that have not settled. From any thread. */
    Reports<String> unsettled() {
        return unsettled;
    }

    void begin(Duration patience) {
        begun = true;
        seconds = patience.toSeconds();
        deadline = System.nanoTime() + patience.toNanos();
    }

    /** Whether endpoints are open. From any thread. */
    boolean isOver() {
        return over;
    }

    /**
     * Looks whether it is over.
     *
     * @return whether that has changed
     */
    boolean advance() {
        if (over || !begun) { // what comes before the start makes the admin thread look as well
            return false;
        }
        Set<String> left = left();
        if (left.isEmpty()) {
            over = true;
        } else if (System.nanoTime() - deadline >= 0) {
            LOG.warn("Endpoints are opened after {} s, and this has not settled: {}", seconds, list(left));
            over = true;
            late = true;
        }
        return over;
    }

    /** The fault: endpoints were opened although some parts have not settled even now. From any thread. */
    List<String> faults() {
        if (!late) {
            return List.of();
        }
        Set<String> left = left();
        if (left.isEmpty()) {
            late = false;
            return List.of();
        }
        return List.of("endpoints were opened before this had settled: " + list(left)
                + ". Mend it, or raise startTimeout of pollux.runtime");
    }

    private static String list(Set<String> parts) {
        return String.join(", ", parts);
    }

    /** A bundle that does not respond, or fails, has not settled: the patience ends also that. */
    private Set<String> left() {
        return new TreeSet<>(unsettled.ask());
    }
}
