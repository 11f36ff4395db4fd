package org.pollux.metrics.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.metrics.families.Family;

/** The meters of one registry. Reading one of them brings all up to date. From any thread. */
final class Binding {

    /** A registry reads all its meters at once, and one status serves them all. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<List<Family>> read;
    private final MeterRegistry registry;

    /** Held while the meters change. A reader never waits for it, because the registry may hold locks of its own. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Map<Series, Meter> meters = new HashMap<>();
    private volatile Map<Series, Family.Sample> samples = Map.of();
    private volatile long readAt;
    private boolean closed;

    Binding(Supplier<List<Family>> read, MeterRegistry registry) {
        this.read = read;
        this.registry = registry;
        this.readAt = now() - FRESH.toNanos();
    }

    private long now() {
        return registry.config().clock().monotonicTime();
    }

    /** What the series has now; null when it has gone. */
    Family.@Nullable Sample sample(Series series) {
        refresh();
        return samples.get(series);
    }

    /** Reads the status, unless it was read just now or another thread reads it. */
    void refresh() {
        if (now() - readAt < FRESH.toNanos() || !changing.tryLock()) {
            return;
        }
        try {
            if (!closed) {
                readAt = now(); // before the meters change: a listener of the registry may read one of them
                show(read.get());
            }
        } finally {
            changing.unlock();
        }
    }

    private void show(List<Family> families) {
        Map<Series, Family.Sample> found = new HashMap<>();
        for (Family family : families) {
            family.samples().forEach(sample -> found.put(Series.of(family, sample), sample));
        }
        samples = found;
        meters.entrySet().removeIf(entry -> {
            boolean gone = !found.containsKey(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue());
            }
            return gone;
        });
        found.keySet().forEach(series -> meters.computeIfAbsent(series, _ -> series.register(this, registry)));
    }

    /** Removes all meters. */
    void close() {
        changing.lock();
        try {
            closed = true;
            meters.values().forEach(registry::remove);
            meters.clear();
        } finally {
            changing.unlock();
        }
    }
}
