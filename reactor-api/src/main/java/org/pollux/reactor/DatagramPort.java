package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A bound UDP address. On the reactor's thread only, unless a method says otherwise. */
@ProviderType
public interface DatagramPort extends AutoCloseable {

    /** The reactor that it belongs to; from any thread. */
    Reactor reactor();

    /** The address that it is bound to, with the port that the system chose for port 0; from any thread. */
    SocketAddress local();

    /**
     * Sends one datagram at once.
     *
     * @return false when the system has no room for it now: the datagram is dropped, as a network would drop it, and
     *     nothing is queued
     * @throws java.io.UncheckedIOException when it cannot be sent at all: it is too long, or the address is not reachable
     */
    boolean send(ByteBuffer data, SocketAddress to);

    /** Stops receiving. {@link DatagramHandler#onClosed} follows, after the present callback. Closing twice does nothing. */
    @Override
    void close();
}
