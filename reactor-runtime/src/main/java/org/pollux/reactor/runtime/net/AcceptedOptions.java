package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.pollux.reactor.runtime.loop.SendBuffer;
import org.pollux.reactor.runtime.loop.TcpOption;

/**
 * The options of the connections that a TCP socket accepts. Linux passes them on from the listening socket, so they are set
 * there once, which saves two system calls for each connection. Elsewhere they are set on each. From any thread.
 */
final class AcceptedOptions {

    private final ServerSocketChannel listener;
    private final SendBuffer kernel;
    private final boolean passedOn;

    /** The limit of the kernel's send buffer that is passed on. */
    private volatile int limit;

    /** Made before the socket listens, so that no connection comes without them. */
    AcceptedOptions(ServerSocketChannel listener, SendBuffer kernel) {
        this.listener = listener;
        this.kernel = kernel;
        this.limit = kernel.limit();
        this.passedOn =
                TcpOption.arePassedOn() && TcpOption.NO_DELAY.set(listener, TcpOption.ON) && kernel.applyTo(listener);
    }

    void apply(SocketChannel accepted) throws IOException {
        if (!passedOn) {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            kernel.apply(accepted);
        } else if (limit != kernel.limit()) {
            limit = kernel.limit();
            boolean _ = kernel.applyTo(listener);
            kernel.apply(accepted);
        }
    }
}
