package org.pollux.reactor.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pollux.benchmarks.micro.Timed;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.nio.NioBackend;

/** A round trip through a socket and one turn of the loop: the stream output, with a client's two system calls in it. */
@State(Scope.Thread)
public class TurnBenchmark extends Timed {

    @Param({"100", "16384"})
    int size;

    private EventLoop loop;
    private SocketChannel client;
    private ByteBuffer message;

    @Setup
    public void connect() throws IOException {
        loop = new EventLoop(new NioBackend());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        client = SocketChannel.open(loop.listen(any, _ -> new Echo()).local());
        client.configureBlocking(false);
        message = ByteBuffer.allocateDirect(size);
    }

    @TearDown
    public void close() throws IOException {
        client.close();
        loop.close();
    }

    @Benchmark
    public void echo() throws IOException {
        client.write(message.clear());
        message.clear();
        while (message.hasRemaining()) {
            loop.turn(Duration.ZERO);
            client.read(message);
        }
    }

    private static final class Echo implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            connection.write(in);
        }
    }
}
