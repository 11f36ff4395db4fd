package org.pollux.reactor.server.osgi;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A report that costs much to make and changes seldom. While the framework is quiet, a report of the last seconds is returned again. After
 * an event it is made for each request for some seconds, because what the event sets going takes a moment. From any thread.
 */
final class KeptReport implements Supplier<List<String>> {

    /** The framework is quiet this long after the last event. */
    static final Duration UNREST = Duration.ofSeconds(10);

    /** For changes that no event tells. */
    static final Duration KEPT = Duration.ofSeconds(5);

    private final Supplier<List<String>> source;
    private final LongSupplier nanoTime;
    private volatile long lastEvent;
    private volatile Report last;

    private record Report(List<String> lines, long at) {}

    KeptReport(Supplier<List<String>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.lastEvent = nanoTime.getAsLong();
        this.last = new Report(List.of(), lastEvent - KEPT.toNanos());
    }

    void onEvent() {
        lastEvent = nanoTime.getAsLong();
    }

    @Override
    public List<String> get() {
        long now = nanoTime.getAsLong();
        Report kept = last;
        if (now - lastEvent > UNREST.toNanos() && now - kept.at() < KEPT.toNanos()) {
            return kept.lines();
        }
        Report made = new Report(List.copyOf(source.get()), now);
        last = made;
        return made.lines();
    }
}
