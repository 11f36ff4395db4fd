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
 * Sends datagrams back, except for those that may be part of a loop. The source of a datagram is easily forged, and two
 * services that respond to each other never stop by themselves. Every dropped datagram is counted.
 *
 * <p>The limits may be changed from any thread. Each port has its own {@link DatagramSources}, for its loop's thread.
 */
final class DatagramEcho {

    static final int PER_SOURCE = 1000;

    /** Any program may use ports from this number on (RFC 6335, section 6, calls the lower ones system ports). */
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

    /**
     * Takes effect with the next datagram. A number that cannot be used is reported, and the previous one stays in force.
     */
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

    /** A datagram for which the system has no room now is lost, as is usual for datagrams. */
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

    /** The number of dropped datagrams, by the configuration key of the limit. */
    Map<String, Long> limitsMet() {
        Map<String, Long> met = new LinkedHashMap<>();
        met.put("datagramsPerSource (dropped)", fromBusySources.sum());
        met.put("lowPorts (dropped)", fromLowPorts.sum());
        return met;
    }
}
