package org.pollux.http.server.meters;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;

/** What it costs to count a request, and to look at the clock for it. */
@State(Scope.Thread)
public class LoopMeterBenchmark extends Timed {

    private final LoopMeter meter = new LoopMeter();
    private long number;

    /** A request of one of eight routes, whose response takes up to four milliseconds. */
    @Benchmark
    public void count() {
        number++;
        meter.begun(false);
        meter.completed(2 + (int) (number & 7), 200, number * 2_654_435_761L >>> 8 & 0x3fffff);
    }

    /** Each request ends with one look at the clock, which also begins the next one of the same read. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }
}
