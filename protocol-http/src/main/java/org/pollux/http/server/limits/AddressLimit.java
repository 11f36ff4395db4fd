package org.pollux.http.server.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.settings.ConnectionLimits;

/**
 * How many connections each client address has open, and the limit on that. Addresses of IPv6 with the same 64 bits in front
 * count as one, because that many are given to one customer. From any loop.
 */
public final class AddressLimit {

    private static final int IPV6_PREFIX = 8;

    private final int most;
    private final boolean alsoLoopback;
    private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

    /**
     * Begins without connections.
     *
     * @param most that one address may have; 0 means no limit, and then nothing is counted. {@link
     *     ConnectionLimits#GENEROUS} is a limit of {@link ConnectionLimits#MANY} for all but this machine's own addresses
     */
    public AddressLimit(int most) {
        this.most = most == ConnectionLimits.GENEROUS ? ConnectionLimits.MANY : most;
        this.alsoLoopback = most != ConnectionLimits.GENEROUS;
    }

    /** Counts a connection; false when its address has too many, this one included. */
    public boolean opened(SocketAddress remote) {
        InetAddress client = client(remote);
        return client == null || open.merge(client, 1, Integer::sum) <= most;
    }

    /** As what a peer is counted; null when it is not. */
    private @Nullable InetAddress client(SocketAddress remote) {
        if (most == 0 || !(remote instanceof InetSocketAddress inet)) {
            return null;
        }
        @Nullable InetAddress address = inet.getAddress(); // none when the name was not resolved
        if (address == null || (address.isLoopbackAddress() && !alsoLoopback)) {
            return null;
        }
        return address instanceof Inet6Address ? network(address) : address;
    }

    private static InetAddress network(InetAddress address) {
        byte[] octets = address.getAddress();
        Arrays.fill(octets, IPV6_PREFIX, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 octets are an address", e);
        }
    }

    /** How many addresses have a connection that was counted. */
    public int addresses() {
        return open.size();
    }

    /** A connection that was counted is gone. */
    public void closed(SocketAddress remote) {
        InetAddress client = client(remote);
        if (client != null) {
            open.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
        }
    }
}
