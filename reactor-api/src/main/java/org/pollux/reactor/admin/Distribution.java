package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How many durations of each length there were, at one moment. The values do not change. From any thread.
 *
 * <p>The durations are in buckets with fixed limits, six in each power of ten from 10 us to 10 s, and one bucket for what is
 * longer. So two distributions can be added and subtracted, and a quantile is about 15 % exact.
 */
public final class Distribution {

    /** In nanoseconds. A duration is in the first bucket whose limit it does not exceed. */
    private static final long[] LIMITS = limitsInNanos();

    static final int BUCKETS = LIMITS.length + 1;

    /** Without a duration. */
    public static final Distribution EMPTY = new Distribution(new long[BUCKETS], 0);

    private final long[] counts;
    private final long nanos;

    Distribution(long[] counts, long nanos) {
        this.counts = counts;
        this.nanos = nanos;
    }

    private static long[] limitsInNanos() {
        long[] steps = {10, 15, 20, 30, 50, 70};
        LongStream limits = LongStream.iterate(1_000, power -> power < 1_000_000_000, power -> power * 10)
                .flatMap(power -> Arrays.stream(steps).map(step -> step * power));
        return LongStream.concat(limits, LongStream.of(10_000_000_000L)).toArray();
    }

    static int bucket(long nanos) {
        int found = Arrays.binarySearch(LIMITS, nanos);
        return found >= 0 ? found : -found - 1;
    }

    /** The limits of the buckets, the shortest first; the bucket of longer durations has none. */
    public static List<Duration> limits() {
        return Arrays.stream(LIMITS).mapToObj(Duration::ofNanos).toList();
    }

    /** How many there are. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** How long all of them are together. */
    public Duration total() {
        return Duration.ofNanos(nanos);
    }

    /**
     * How many are not longer than a limit.
     *
     * @param limit one of {@link #limits}; another one counts as the next shorter one
     */
    public long countUpTo(Duration limit) {
        int end = bucket(limit.toNanos() + 1);
        return Arrays.stream(counts, 0, end).sum();
    }

    /**
     * The duration that a part of all does not exceed: {@code quantile(0.99)}. Between the limits of a bucket it is an estimate, and
     * 10 s stand for what is longer.
     *
     * @param part 0 to 1
     * @return 0 when there are none
     */
    public Duration quantile(double part) {
        double wanted = part * count();
        double below = 0;
        for (int i = 0; i < LIMITS.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= wanted) {
                long from = i == 0 ? 0 : LIMITS[i - 1];
                double share = Math.max(0, wanted - below) / counts[i];
                return Duration.ofNanos(from + Math.round(share * (LIMITS[i] - from)));
            }
            below += counts[i];
        }
        return Duration.ofNanos(counts[LIMITS.length] == 0 ? 0 : LIMITS[LIMITS.length - 1]);
    }

    /** Both together. */
    public Distribution plus(Distribution other) {
        long[] sums = new long[BUCKETS];
        Arrays.setAll(sums, i -> counts[i] + other.counts[i]);
        return new Distribution(sums, nanos + other.nanos);
    }

    /** What came after an earlier reading of the same. */
    public Distribution since(Distribution earlier) {
        long[] differences = new long[BUCKETS];
        Arrays.setAll(differences, i -> counts[i] - earlier.counts[i]);
        return new Distribution(differences, nanos - earlier.nanos);
    }

    /** For people: {@code 1200 times, p50 0.8 ms, p99 3.1 ms}. */
    @Override
    public String toString() {
        return count() + " times, p50 " + millis(quantile(0.5)) + " ms, p99 " + millis(quantile(0.99)) + " ms";
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }
}
