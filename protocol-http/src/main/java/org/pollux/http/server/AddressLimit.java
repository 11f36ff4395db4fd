package org.pollux.http.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many connections each client address has open, and the bound on that. From any loop. */
final class AddressLimit {

    private final int most;
    private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

    /**
     * Begins without connections.
     *
     * @param most that one address may have; 0 is no bound, and then nothing is counted
     */
    AddressLimit(int most) {
        this.most = most;
    }

    /** Counts a connection; false when its address has too many, this one included. */
    boolean opened(SocketAddress remote) {
        return most == 0
                || !(remote instanceof InetSocketAddress inet)
                || open.merge(inet.getAddress(), 1, Integer::sum) <= most;
    }

    /** How many addresses have a connection that was counted. */
    int addresses() {
        return open.size();
    }

    /** A connection that was counted is gone. */
    void closed(SocketAddress remote) {
        if (most != 0 && remote instanceof InetSocketAddress inet) {
            open.computeIfPresent(inet.getAddress(), (_, count) -> count > 1 ? count - 1 : null);
        }
    }
}
