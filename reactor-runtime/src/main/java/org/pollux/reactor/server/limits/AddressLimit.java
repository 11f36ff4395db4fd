package org.pollux.reactor.server.limits;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.LimitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections each client address has open, and the limit on that. Addresses of IPv6 with the same 64 bits in front
 * count as one, because that many are given to one customer. Every connection is counted, whatever the limit is, so that the
 * limit can change while connections are open. From any thread.
 */
public final class AddressLimit {

    /** Stands for a limit that nobody has set: {@link #MANY} for all addresses but loopback ones. */
    public static final int GENEROUS = -1;

    /** What one address may have when nobody has set it. */
    public static final int MANY = 2_000;

    private static final int PREFIX = 8;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(AddressLimit.class);

    private final ConcurrentMap<Long, Integer> open = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongSupplier nanos;

    /** When the log was told last. */
    private final AtomicLong toldAt;

    private volatile int most = GENEROUS;

    AddressLimit() {
        this(System::nanoTime);
    }

    AddressLimit(LongSupplier nanos) {
        this.nanos = nanos;
        this.toldAt = new AtomicLong(nanos.getAsLong() - MINUTE);
    }

    /** Sets how many one address may have; 0 means that there is no limit, and {@link #GENEROUS} is the default. */
    void most(int connections) {
        most = connections;
    }

    /** Counts a connection, unless its address has too many: then it is to be refused, and does not count. */
    boolean opened(SocketAddress peer) {
        InetAddress client = client(peer);
        if (client == null) {
            return true;
        }
        int limit = limitOf(client);
        Long key = key(client);
        while (true) {
            Integer count = open.get(key);
            if (count == null) {
                if (open.putIfAbsent(key, 1) == null) {
                    return true;
                }
            } else if (count >= limit) {
                refused(client, count);
                return false;
            } else if (open.replace(key, count, count + 1)) {
                return true;
            }
        }
    }

    /** A connection that was counted is gone. */
    void closed(SocketAddress peer) {
        InetAddress client = client(peer);
        if (client != null) {
            open.computeIfPresent(key(client), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Null for a Unix-domain peer, which has no address. */
    private static @Nullable InetAddress client(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }

    private int limitOf(InetAddress client) {
        int set = most;
        if (set == GENEROUS) {
            return client.isLoopbackAddress() ? Integer.MAX_VALUE : MANY;
        }
        return set == 0 ? Integer.MAX_VALUE : set;
    }

    /**
     * The address of IPv4, or the network of IPv6. The two never meet: no client has a network that begins with 32 zero bits (RFC
     * 4291, section 2.4). A map of numbers stays fast when a client chooses them so that their hashes are the same.
     */
    private static long key(InetAddress client) {
        byte[] octets = client.getAddress();
        long key = 0;
        for (int i = 0; i < Math.min(octets.length, PREFIX); i++) {
            key = key << 8 | Byte.toUnsignedInt(octets[i]);
        }
        return key;
    }

    private void refused(InetAddress client, int count) {
        refused.increment();
        long now = nanos.getAsLong();
        long before = toldAt.get();
        if (now - before >= MINUTE && toldAt.compareAndSet(before, now)) {
            LOG.warn(
                    "Connections of {}: {}, as many as connectionsPerAddress of pollux.runtime allows. Further ones are"
                            + " reset, so far {}. If all clients come through a proxy on another machine, set it to 0",
                    client.getHostAddress(),
                    count,
                    refused.sum());
        }
    }

    /** How many addresses have connections. */
    int addresses() {
        return open.size();
    }

    /** How many connections were refused, if any. */
    Optional<LimitStatus> status() {
        long times = refused.sum();
        return times == 0
                ? Optional.empty()
                : Optional.of(new LimitStatus("connectionsPerAddress (reset)", times, ConnectionLimit.OWNER));
    }
}
