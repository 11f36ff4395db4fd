package org.pollux.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Tells each client of a Unix-domain socket how many bytes all threads of this JVM have allocated since it began,
 * including ended threads. In between its one thread sleeps, so it can be in a server that is measured.
 */
final class AllocationAgent {

    private AllocationAgent() {}

    /** Called by the JVM before the program's main method, with the socket's path. */
    public static void premain(String socket) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Thread.ofPlatform().name("allocations").daemon().start(() -> serve(listener, threads));
    }

    private static void serve(ServerSocketChannel listener, ThreadMXBean threads) {
        while (true) {
            try (SocketChannel client = listener.accept()) {
                String bytes = Long.toString(threads.getTotalThreadAllocatedBytes());
                client.write(ByteBuffer.wrap(bytes.getBytes(US_ASCII)));
            } catch (IOException e) {
                System.err.println("The agent cannot tell what was allocated: " + e);
                return;
            }
        }
    }
}
