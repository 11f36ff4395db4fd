package org.pollux.http.filters;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A request that was answered, as texts of which a client has written most.
 *
 * @param endMillis when, since 1970
 * @param nanos how long that took
 * @param remote the client's address
 * @param cut whether the client has not got all of it
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

    /** What stands for what is not there. */
    static final String NONE = "-";

    /** For a client that was answered, and of whose request nothing is known. */
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

    /** Wakes a writer that is to end; not written. */
    static final LogEntry END = new LogEntry(0, 0, NONE, NONE, NONE, NONE, 0, 0, NONE, NONE, NONE, false);
}
