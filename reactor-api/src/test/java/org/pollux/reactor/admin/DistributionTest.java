package org.pollux.reactor.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Durations in buckets: counted, added, subtracted, and asked for quantiles. */
final class DistributionTest {

    private final Histogram histogram = new Histogram();

    private void record(long count, Duration duration) {
        for (long i = 0; i < count; i++) {
            histogram.record(duration.toNanos());
        }
    }

    @Test
    void itBeginsEmpty() {
        assertEquals(0, histogram.read().count());
        assertEquals(Duration.ZERO, histogram.read().total());
        assertEquals(Duration.ZERO, histogram.read().quantile(0.99));
        assertEquals(Duration.ZERO, Distribution.EMPTY.quantile(1));
    }

    @Test
    void limitsGoFromTenMicrosecondsToTenSeconds() {
        assertEquals(Duration.ofNanos(10_000), Distribution.limits().getFirst());
        assertEquals(Duration.ofSeconds(10), Distribution.limits().getLast());
        assertEquals(37, Distribution.limits().size());
    }

    @Test
    void aDurationCountsForEachLimitThatItDoesNotExceed() {
        record(1, Duration.ofMillis(1));
        record(1, Duration.ofMillis(1).plusNanos(1));
        record(1, Duration.ofMinutes(1));
        Distribution read = histogram.read();
        assertEquals(3, read.count());
        assertEquals(0, read.countUpTo(Duration.ofNanos(700_000)));
        assertEquals(1, read.countUpTo(Duration.ofMillis(1)));
        assertEquals(2, read.countUpTo(Duration.ofNanos(1_500_000)));
        assertEquals(2, read.countUpTo(Duration.ofSeconds(10)));
        assertEquals(Duration.ofMinutes(1).plusMillis(2).plusNanos(1), read.total());
    }

    @Test
    void quantilesAreWithinTheirBucket() {
        record(900, Duration.ofMillis(2));
        record(100, Duration.ofMillis(70));
        Distribution read = histogram.read();
        assertEquals(1.75, millis(read.quantile(0.45)), 0.01, "the middle of 1.5 to 2 ms");
        assertEquals(2, millis(read.quantile(0.9)), 0.01);
        assertEquals(68, millis(read.quantile(0.99)), 0.01, "nine tenths of 50 to 70 ms");
        assertEquals(70, millis(read.quantile(1)), 0.01);
    }

    @Test
    void whatIsLongerThanTenSecondsCountsAsTen() {
        record(1, Duration.ofMinutes(1));
        assertEquals(Duration.ofSeconds(10), histogram.read().quantile(0.5));
    }

    @Test
    void timeThatGoesBackCountsAsNone() {
        histogram.record(-5);
        assertEquals(1, histogram.read().countUpTo(Duration.ofNanos(10_000)));
        assertEquals(Duration.ZERO, histogram.read().total());
    }

    @Test
    void twoCanBeAddedAndSubtracted() {
        record(3, Duration.ofMillis(2));
        Distribution before = histogram.read();
        record(1, Duration.ofMillis(70));
        Distribution after = histogram.read();
        assertEquals(1, after.since(before).count());
        assertEquals(Duration.ofMillis(70), after.since(before).total());
        assertEquals(7, after.plus(before).count());
        assertEquals(Duration.ofMillis(82), after.plus(before).total());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
