package org.pollux.reactor.tls.openssl;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsClientContext;

/** The sessions that a client may resume, the latest one of each server. From any thread. */
final class SessionCache {

    /** As {@link TlsClientContext} says. */
    private static final int MOST = 1_000;

    /** An {@code SSL_SESSION} that is owned here, and when it was made. */
    private record Entry(long session, long made) {}

    private final Map<String, Entry> sessions = new LinkedHashMap<>();
    private final long longest;
    private boolean closed;

    SessionCache(Duration longest) {
        this.longest = longest.toNanos();
    }

    /**
     * Keeps a session.
     *
     * @return false when it remains the caller's
     */
    synchronized boolean put(String server, long session) {
        if (closed) {
            return false;
        }
        drop(sessions.remove(server));
        sessions.put(server, new Entry(session, System.nanoTime()));
        if (sessions.size() > MOST) {
            String oldest = sessions.keySet().iterator().next();
            drop(sessions.remove(oldest));
        }
        return true;
    }

    /** Lets a connection resume the session of its server, if there is one. */
    synchronized void resume(long ssl, String server) {
        Entry entry = sessions.get(server);
        if (entry == null) {
            return;
        }
        boolean young = System.nanoTime() - entry.made < longest;
        if (young) {
            Ssl.SET_SESSION.call(ssl, entry.session);
        }
        // a ticket of TLS 1.3 is used once (RFC 8446 appendix C.4), and each connection brings new ones
        if (!young || Ssl.SESSION_GET_PROTOCOL_VERSION.call(entry.session) == SslCtx.TLS1_3) {
            drop(sessions.remove(server));
        }
    }

    synchronized void close() {
        closed = true;
        sessions.values().forEach(SessionCache::drop);
        sessions.clear();
    }

    private static void drop(@Nullable Entry entry) {
        if (entry != null) {
            Ssl.SESSION_FREE.call(entry.session);
        }
    }
}
