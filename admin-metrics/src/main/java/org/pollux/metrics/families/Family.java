package org.pollux.metrics.families;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pollux.reactor.admin.Distribution;

/** All samples of one metric at one reading. For one thread. */
public final class Family {

    /** The kinds of metrics. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /**
     * A value, or a histogram, with the labels that tell it from others.
     *
     * @param times of a histogram; empty for another type
     */
    public record Sample(Map<String, String> labels, double value, Distribution times) {

        private Sample plus(Sample other) {
            return new Sample(labels, value + other.value, times.plus(other.times));
        }
    }

    private final String name;
    private final Type type;
    private final String help;

    /** By their labels: a series must not come twice, so what has the same labels is added up. */
    private final Map<Map<String, String>, Sample> samples = new LinkedHashMap<>();

    private Family(String name, Type type, String help) {
        this.name = name;
        this.type = type;
        this.help = help;
    }

    /** A number that only grows; its name ends in {@code _total}. */
    public static Family counter(String name, String help) {
        return new Family(name, Type.COUNTER, help);
    }

    /** A number that grows and shrinks. */
    public static Family gauge(String name, String help) {
        return new Family(name, Type.GAUGE, help);
    }

    /** Durations; its name ends in {@code _seconds}. */
    public static Family histogram(String name, String help) {
        return new Family(name, Type.HISTOGRAM, help);
    }

    /** Adds a value, with names and values of labels in turn. */
    Family with(double value, String... labels) {
        return with(new Sample(map(labels), value, Distribution.EMPTY));
    }

    /** Adds a count. The text of the metrics knows doubles alone, which are exact to 2^53. */
    Family with(long value, String... labels) {
        return with((double) value, labels);
    }

    /** Adds a duration in seconds. */
    Family with(Duration value, String... labels) {
        return with(seconds(value), labels);
    }

    /** Adds a histogram. */
    Family with(Distribution times, String... labels) {
        return with(new Sample(map(labels), 0, times));
    }

    private Family with(Sample sample) {
        samples.merge(sample.labels(), sample, Sample::plus);
        return this;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Map<String, String> map(String... labels) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return map;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public String help() {
        return help;
    }

    public List<Sample> samples() {
        return List.copyOf(samples.values());
    }
}
