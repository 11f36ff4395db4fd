package org.pollux.reactor.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that a server waits for before it opens its endpoints.
 *
 * <pre>
 *   WAITING ──(all of it has settled, or the patience is over)──▶ OVER
 * </pre>
 *
 * <p>For the admin thread, but for {@link #isOver}, {@link #faults} and {@link #add}.
 */
final class StartUp {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    private final List<Supplier<List<String>>> sources = new CopyOnWriteArrayList<>();
    private final AskedInTime<String> asked = new AskedInTime<>(List::of);
    private long deadline;
    private long seconds;
    private boolean begun;
    private volatile boolean over;
    private volatile boolean late;

    /** Adds a source of parts that have not settled: an empty list when all have. */
    void add(Supplier<List<String>> source) {
        sources.add(source);
    }

    void remove(Supplier<List<String>> source) {
        sources.remove(source);
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
        Set<String> unsettled = unsettled();
        if (unsettled.isEmpty()) {
            over = true;
        } else if (System.nanoTime() - deadline >= 0) {
            LOG.warn("Endpoints are opened after {} s, and this has not settled: {}", seconds, list(unsettled));
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
        Set<String> unsettled = unsettled();
        if (unsettled.isEmpty()) {
            late = false;
            return List.of();
        }
        return List.of("endpoints were opened before this had settled: " + list(unsettled)
                + ". Mend it, or raise startTimeout of pollux.runtime");
    }

    private static String list(Set<String> unsettled) {
        return String.join(", ", unsettled);
    }

    /** A bundle that does not respond, or fails, has not settled: the patience ends also that. */
    private Set<String> unsettled() {
        return new TreeSet<>(asked.ask(sources));
    }
}
