package org.pollux.reactor.runtime;

import org.pollux.reactor.runtime.events.ByteStorage;
import org.pollux.reactor.runtime.loop.Buffers;
import org.pollux.reactor.runtime.net.SendQueue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** What it costs to keep bytes: those of a storage, and those that the system does not take yet. */
@State(Scope.Thread)
public class BuffersBenchmark extends Timed {

    @Param({"100", "10000", "65536"})
    int size;

    private final ByteStorage storage = new ByteStorage();
    private final SendQueue outbound = new SendQueue(new Buffers());
    private final Registration takesAll = new TakesAll();
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

    /** Queues, and hands all of it to the system, which has no cost here. */
    @Benchmark
    public long outbound() throws IOException {
        outbound.append(data.clear());
        return outbound.flush(takesAll);
    }

    private static final class TakesAll implements Registration {

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            long taken = 0;
            for (int i = from; i < from + count; i++) {
                taken += data[i].remaining();
                data[i].position(data[i].limit());
            }
            return taken;
        }

        @Override
        public Source source() {
            throw new AssertionError();
        }

        @Override
        public void interest(Interest interest) {}

        @Override
        public void remove() {}
    }
}
