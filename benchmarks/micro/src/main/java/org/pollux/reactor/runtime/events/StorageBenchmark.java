package org.pollux.reactor.runtime.events;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;

/** What it costs to keep the bytes of a storage. */
@State(Scope.Thread)
public class StorageBenchmark extends Timed {

    @Param({"100", "10000", "65536"})
    int size;

    private final ByteStorage storage = new ByteStorage();
    private ByteBuffer data;

    @Setup
    public void prepare() {
        data = ByteBuffer.allocateDirect(size);
    }

    /** Appends, and reads all of it. */
    @Benchmark
    public int storage() {
        storage.append(data.clear());
        ByteBuffer content = storage.content();
        int count = content.remaining();
        content.position(content.limit());
        return count;
    }
}
