package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A bound UDP address. For the reactor's thread, {@link #local} from any thread. */
@ProviderType
public interface DatagramPort extends AutoCloseable {

    /** The reactor that it lives on; from any thread. */
    Reactor reactor();

    /** Where it is bound, with the port that the system chose for port 0. */
    SocketAddress local();

    /**
     * Sends one datagram at once.
     *
     * @return false when the system has no room for it now: it is dropped, as a network would, and nothing is queued
     * @throws java.io.UncheckedIOException when it cannot be sent at all: it is too long, or the address is not reachable
     */
    boolean send(ByteBuffer data, SocketAddress to);

    /** Stops receiving. {@link DatagramHandler#onClosed} follows, after the present callback. Closing twice does nothing. */
    @Override
    void close();
}
