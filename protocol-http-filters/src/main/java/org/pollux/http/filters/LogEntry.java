package org.pollux.http.filters;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A request with its response, as texts that mostly come from the client.
 *
 * @param endMillis the end of the response, since 1970
 * @param nanos the duration
 * @param remote the address of the client
 * @param cut whether the client has not received all of it
 */
record LogEntry(
        long endMillis,
        long nanos,
        String remote,
        String method,
        String target,
        String version,
        int status,
        long bytes,
        String referer,
        String agent,
        String id,
        boolean cut) {

    /** The placeholder for a missing value. */
    static final String NONE = "-";

    /** For a request of which nothing is known except its response. */
    static LogEntry refused(SocketAddress remote, int status, long bytes) {
        long now = System.currentTimeMillis();
        return new LogEntry(now, 0, client(remote), NONE, NONE, NONE, status, bytes, NONE, NONE, NONE, false);
    }

    static String client(SocketAddress remote) {
        return switch (remote) {
            case InetSocketAddress address when address.isUnresolved() -> address.getHostString();
            case InetSocketAddress address -> address.getAddress().getHostAddress();
            default -> NONE; // a Unix-domain socket's client has no address
        };
    }

    boolean hasRequest() {
        return !version.equals(NONE);
    }

    /** Wakes a writer that must end; it is not written. */
    static final LogEntry END = new LogEntry(0, 0, NONE, NONE, NONE, NONE, 0, 0, NONE, NONE, NONE, false);
}
