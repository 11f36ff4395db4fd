package org.pollux.reactor;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** The callbacks of a UDP address, all on the thread of its reactor. */
@FunctionalInterface
@ConsumerType
public interface DatagramHandler {

    /**
     * A datagram has come. When this throws, the exception is logged, and the port continues with the next datagram.
     *
     * @param data the whole datagram, valid during the call only
     */
    void onDatagram(DatagramPort port, ByteBuffer data, SocketAddress from);

    /**
     * The port is closed. Called exactly once, always last.
     *
     * @param cause why the port was closed; null when it ended by {@link DatagramPort#close}
     */
    default void onClosed(DatagramPort port, @Nullable Throwable cause) {}
}
