package org.pollux.samples.plain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** An echo server without OSGi: a reactor on a backend, run by the caller's thread. */
public final class EchoServer {

    private EchoServer() {}

    /**
     * Listens until the process ends.
     *
     * @param args the port; the default is 7007
     * @throws IOException if the port is in use
     */
    public static void main(String[] args) throws IOException {
        int port = args.length == 0 ? 7007 : Integer.parseInt(args[0]);
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), _ -> new Echo());
            reactor.run();
        }
    }

    /** Sends received data back, and stops reading while the peer does not read. */
    private static final class Echo implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            if (!connection.write(in)) {
                connection.pauseReading();
            }
        }

        @Override
        public void onDrained(Connection connection) {
            connection.resumeReading();
        }
    }
}
