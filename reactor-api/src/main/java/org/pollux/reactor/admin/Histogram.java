package org.pollux.reactor.admin;

import java.util.Arrays;

/**
 * Counts durations by their length, in the buckets of {@link Distribution}. One thread records, any thread reads. Nothing is
 * allocated and nothing is locked.
 */
public final class Histogram {

    private static final int TOTAL = Distribution.BUCKETS;

    private final Counts counts = new Counts(Distribution.BUCKETS + 1);

    /** Without a duration yet. */
    public Histogram() {}

    /**
     * Counts a duration. For the one thread that writes.
     *
     * @param nanos a negative number counts as 0
     */
    public void record(long nanos) {
        counts.add(Distribution.bucket(nanos), 1);
        counts.add(TOTAL, Math.max(0, nanos));
    }

    /** What was recorded so far; from any thread. */
    public Distribution read() {
        long[] read = new long[Distribution.BUCKETS];
        Arrays.setAll(read, counts::get);
        return new Distribution(read, counts.get(TOTAL));
    }
}
