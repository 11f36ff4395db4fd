package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit on what the kernel takes of a TCP connection ahead of its peer. Without one it takes up to 4 MiB for every slow
 * reader, out of memory that is not the JVM's.
 *
 * <p>{@link TcpOption#NOT_SENT} limits what was not sent yet, so a fast peer on a long way still has as much under way as its
 * window allows. Where that cannot be set, {@code SO_SNDBUF} limits both together; a long way is then slower. From any
 * thread.
 */
public final class SendBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

    /** No limit, as for a reactor without a server. */
    static final int SYSTEM = 0;

    private volatile int limit;
    private volatile MemorySegment value = MemorySegment.NULL;

    public SendBuffer(int bytes) {
        limit(bytes);
    }

    /** For connections from now on; {@link #SYSTEM} is the system's own. */
    public void limit(int bytes) {
        value = TcpOption.value(bytes);
        limit = bytes;
    }

    public int limit() {
        return limit;
    }

    /** Limits an open connection. One that cannot be limited continues without a limit. */
    public void apply(SocketChannel channel) {
        int bytes = limit;
        if (bytes == SYSTEM) {
            return;
        }
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress && !TcpOption.NOT_SENT.set(channel, value)) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
            }
        } catch (IOException e) {
            LOG.debug("{} has the system's send buffer", channel, e);
        }
    }

    /**
     * Limits the connections that a listening TCP socket accepts from now on.
     *
     * @return false when each must be limited by itself
     */
    public boolean applyTo(ServerSocketChannel listener) {
        return TcpOption.arePassedOn() && TcpOption.NOT_SENT.set(listener, value); // 0 is the system's own here as well
    }
}
