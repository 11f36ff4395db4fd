package org.pollux.echo;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends datagrams back, but for those that may be part of a loop: the source of a datagram is easily forged, and two services
 * that respond to each other never end by themselves. Every datagram that is dropped is counted.
 *
 * <p>The limits may be changed from any thread; each port has a {@link DatagramSources} of its own, for its loop's thread.
 */
final class DatagramEcho {

    static final int PER_SOURCE = 1000;

    /** From here on a port may be anybody's (RFC 6335, section 6, calls those below system ports). */
    private static final int FIRST_USER_PORT = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DatagramEcho.class);

    private final LongAdder fromLowPorts = new LongAdder();
    private final LongAdder fromBusySources = new LongAdder();
    private final LongSupplier clock;
    private volatile int perSource = PER_SOURCE;
    private volatile boolean lowPorts;

    DatagramEcho(LongSupplier clock) {
        this.clock = clock;
    }

    /** Holds for the next datagram; a number that cannot be used is reported, and the one before stays. */
    void limit(int perSource, boolean lowPorts) {
        this.lowPorts = lowPorts;
        if (perSource < 1) {
            LOG.error("datagramsPerSource must be positive, but is {}; {} stays in force", perSource, this.perSource);
        } else {
            this.perSource = perSource;
        }
    }

    DatagramHandler handler() {
        DatagramSources sources = new DatagramSources();
        return (port, data, from) -> respond(port, data, from, sources);
    }

    /** A datagram for which the system has no room now is lost, as datagrams are. */
    private void respond(DatagramPort port, ByteBuffer data, SocketAddress from, DatagramSources sources) {
        if (!(from instanceof InetSocketAddress source)) {
            return;
        }
        if (source.getPort() < FIRST_USER_PORT && !lowPorts) {
            fromLowPorts.increment();
        } else if (!sources.admits(source.getAddress(), clock.getAsLong(), perSource)) {
            fromBusySources.increment();
        } else {
            port.send(data, from);
        }
    }

    /** How many datagrams were dropped, by the key of the configuration. */
    Map<String, Long> limitsMet() {
        Map<String, Long> met = new LinkedHashMap<>();
        met.put("datagramsPerSource (dropped)", fromBusySources.sum());
        met.put("lowPorts (dropped)", fromLowPorts.sum());
        return met;
    }
}
