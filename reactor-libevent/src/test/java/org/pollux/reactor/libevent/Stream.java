package org.pollux.reactor.libevent;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The two ends of a TCP stream, not blocking. */
record Stream(SocketChannel near, SocketChannel far) implements Closeable {

    static Stream open() throws IOException {
        try (var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel far = SocketChannel.open(listener.getLocalAddress());
            SocketChannel near = listener.accept();
            near.configureBlocking(false);
            far.configureBlocking(false);
            return new Stream(near, far);
        }
    }

    /** The far end goes away, and the near one is told with a reset. */
    Stream reset() throws IOException {
        far.setOption(StandardSocketOptions.SO_LINGER, 0).close();
        return this;
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
