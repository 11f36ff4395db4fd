package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A bound UDP address. For the reactor's thread, {@link #local} from any thread. */
@ProviderType
public interface DatagramPort extends AutoCloseable {

    Reactor reactor();

    SocketAddress local();

    /**
     * Sends one datagram at once.
     *
     * @return false when the system has no room for it now: it is dropped, as a network would, and nothing is queued
     * @throws java.io.UncheckedIOException when it cannot be sent at all: it is too long, or the address is not reachable
     */
    boolean send(ByteBuffer data, SocketAddress to);

    @Override
    void close();
}
