package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.pollux.reactor.admin.LimitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP addresses that a server receives on. A datagram that says it comes from one of them is forged: a protocol that
 * responded to it would talk to itself for ever. So no protocol is shown one. From any thread.
 */
public final class OwnDatagrams {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(OwnDatagrams.class);

    private final List<InetSocketAddress> bound = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();

    /** Of this machine, a second ago at most. */
    private volatile Machine machine = new Machine(Set.of(), System.nanoTime() - FRESH);

    private record Machine(Set<InetAddress> addresses, long since) {}

    public void add(SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            bound.add(internet);
        }
    }

    public void remove(SocketAddress address) {
        bound.remove(address);
    }

    /** Whether a datagram is to be dropped; counted then. Port 0 is invalid: no response could be sent there. */
    boolean refuses(SocketAddress from) {
        if (!(from instanceof InetSocketAddress source) || (source.getPort() != 0 && !isOwn(source))) {
            return false;
        }
        if (dropped.sum() == 0) {
            LOG.warn(
                    "A datagram says that it comes from {}, which is our own address or invalid: it is forged, and dropped."
                            + " Others are counted as a limit in the status",
                    from);
        }
        dropped.increment();
        return true;
    }

    private boolean isOwn(InetSocketAddress source) {
        for (int i = 0; i < bound.size(); i++) {
            InetSocketAddress own = bound.get(i);
            if (own.getPort() == source.getPort()) { // as a rule none has
                InetAddress from = source.getAddress();
                if (own.getAddress().isAnyLocalAddress()
                        ? isOfThisMachine(from)
                        : own.getAddress().equals(from)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isOfThisMachine(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || machine().addresses().contains(address);
    }

    private Machine machine() {
        Machine known = machine;
        if (System.nanoTime() - known.since() < FRESH) {
            return known;
        }
        Machine now = new Machine(addresses(), System.nanoTime());
        machine = now;
        return now;
    }

    private static Set<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            LOG.debug("This machine's addresses are not known", e);
            return Set.of();
        }
    }

    /** How many were dropped, if any. */
    public Optional<LimitStatus> status() {
        long count = dropped.sum();
        return count == 0
                ? Optional.empty()
                : Optional.of(new LimitStatus("forged source (dropped)", count, "org.pollux.reactor-runtime"));
    }
}
