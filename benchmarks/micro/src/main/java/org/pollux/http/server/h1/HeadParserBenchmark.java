package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;
import org.pollux.http.server.Requests;
import org.pollux.http.server.settings.HeadLimits;

/** What it costs to read the head of a request. */
@State(Scope.Thread)
public class HeadParserBenchmark extends Timed {

    @Param
    Requests request = Requests.SMALL;

    private final HeadParser parser = new HeadParser(HeadLimits.defaults());
    private ByteBuffer whole;
    private ByteBuffer beginning;

    @Setup
    public void prepare() {
        whole = request.bytes();
        beginning = whole.duplicate().limit(whole.limit() / 2);
        if (whole() != HeadParser.State.DONE) {
            throw new IllegalStateException(request + " is not understood: " + parser.fault());
        }
    }

    @Benchmark
    public HeadParser.State whole() {
        parser.reset();
        return parser.parse(whole);
    }

    /** Half of it, then all of it. */
    @Benchmark
    public HeadParser.State inTwoPieces() {
        parser.reset();
        parser.parse(beginning);
        return parser.parse(whole);
    }
}
