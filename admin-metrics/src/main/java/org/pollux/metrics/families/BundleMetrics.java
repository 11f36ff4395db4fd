package org.pollux.metrics.families;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.pollux.metrics.Counter;
import org.pollux.metrics.Metrics;
import org.pollux.metrics.Timer;
import org.pollux.reactor.admin.Histogram;

/** The metrics of one bundle, until they are {@link #close closed}. From any thread. */
public final class BundleMetrics implements Metrics {

    /** How many combinations of labels a metric keeps. */
    static final int MOST = 1_000;

    private static final String OTHER = "(other)";

    private final OwnMetrics all;
    private final String owner;
    private final List<String> names = new ArrayList<>();

    /** Those of a bundle with that name. */
    public BundleMetrics(OwnMetrics all, String owner) {
        this.all = all;
        this.owner = owner;
    }

    private synchronized void add(String name, String suffix, List<String> labels, Supplier<Family> read) {
        all.add(owner, name, suffix, labels, read);
        names.add(name);
    }

    /** Removes them. */
    public synchronized void close() {
        names.forEach(all::remove);
        names.clear();
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        ByLabels<LongAdder> values = new ByLabels<>(name, List.of(labels), LongAdder::new);
        add(name, "_total", List.of(labels), () -> {
            Family family = Family.counter(name, help);
            values.forEach((of, value) -> family.with((double) value.sum(), of));
            return family;
        });
        return (count, of) -> {
            if (count < 0) {
                throw new IllegalArgumentException(name + " only grows, and cannot be changed by " + count);
            }
            values.at(of).add(count);
        };
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value) {
        add(name, "", List.of(), () -> Family.gauge(name, help).with(value.getAsDouble()));
    }

    @Override
    public Timer timer(String name, String help, String... labels) {
        ByLabels<Histogram> values = new ByLabels<>(name, List.of(labels), Histogram::new);
        add(name, "_seconds", List.of(labels), () -> {
            Family family = Family.histogram(name, help);
            values.forEach((of, value) -> family.with(value.read(), of));
            return family;
        });
        return (duration, of) -> record(values.at(of), duration);
    }

    private static void record(Histogram histogram, Duration duration) {
        synchronized (histogram) { // which has one writer at a time
            histogram.record(duration.toNanos());
        }
    }

    /** The value of each combination of labels. */
    private static final class ByLabels<T> {

        private final String name;
        private final List<String> labels;
        private final Supplier<T> create;
        private final Map<List<String>, T> values = new ConcurrentHashMap<>();

        interface Each<T> {
            void accept(String[] labels, T value);
        }

        ByLabels(String name, List<String> labels, Supplier<T> create) {
            this.name = name;
            this.labels = labels;
            this.create = create;
        }

        T at(String... of) {
            if (of.length != labels.size()) {
                throw new IllegalArgumentException(
                        name + " has the labels " + labels + ", and was given " + Arrays.toString(of));
            }
            List<String> key = List.of(of);
            T present = values.get(key);
            if (present != null) {
                return present;
            }
            List<String> kept =
                    values.size() < MOST ? key : labels.stream().map(_ -> OTHER).toList();
            return values.computeIfAbsent(kept, _ -> create.get());
        }

        void forEach(Each<T> action) {
            values.forEach((of, value) -> {
                String[] pairs = new String[2 * labels.size()];
                for (int i = 0; i < labels.size(); i++) {
                    pairs[2 * i] = labels.get(i);
                    pairs[2 * i + 1] = of.get(i);
                }
                action.accept(pairs, value);
            });
        }
    }
}
