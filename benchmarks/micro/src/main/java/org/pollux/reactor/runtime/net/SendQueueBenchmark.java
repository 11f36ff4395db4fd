package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;
import org.pollux.reactor.Interest;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.NoBackend;

/** What it costs to keep the bytes that the system does not take yet. */
@State(Scope.Thread)
public class SendQueueBenchmark extends Timed {

    @Param({"100", "10000", "65536"})
    int size;

    private final Transport takesAll = new TakesAll();
    private SendQueue queue;
    private ByteBuffer data;

    @Setup
    public void prepare() throws IOException {
        Loop loop = new Loop(
                NoBackend.INSTANCE,
                System::nanoTime,
                MemoryBudget.unlimited(),
                new EventLoop(new NioBackend()));
        queue = new SendQueue(loop.buffers(), new Holding(loop));
        data = ByteBuffer.allocateDirect(size);
    }

    /** Queues, and hands all of it to the system, which has no cost here. */
    @Benchmark
    public long queue() throws IOException {
        queue.append(data.clear());
        return queue.flush(takesAll);
    }

    private static final class TakesAll implements Transport {

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
        public int read(ByteBuffer target) {
            return 0;
        }

        @Override
        public long transferFrom(FileChannel file, long position, long count) {
            return 0;
        }

        @Override
        public void flush() {}

        @Override
        public int kept() {
            return 0;
        }

        @Override
        public boolean finish() {
            return true;
        }

        @Override
        public Interest wants(Interest asked) {
            return asked;
        }

        @Override
        public boolean hasMore() {
            return false;
        }

        @Override
        public boolean handshake() {
            return true;
        }

        @Override
        public void free() {}
    }
}
