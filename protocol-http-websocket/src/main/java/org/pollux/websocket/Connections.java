package org.pollux.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.pollux.http.wire.websocket.Session;
import org.pollux.reactor.admin.WebSocketStatus;

/**
 * The open connections of all handlers, and their numbers. From any thread. Each connection counts its own messages, so that a
 * message costs no write that loops share; they are added up when somebody looks.
 */
final class Connections {

    private record Numbers(String name, int open, long received, long sent, long messageBytes, long compressionBytes)
            implements WebSocketStatus {}

    private final Map<Session, UpgradeHandler> open = new ConcurrentHashMap<>();

    /** Messages of connections that have ended. */
    private long received;

    private long sent;

    void opened(Session session, UpgradeHandler by) {
        open.put(session, by);
    }

    synchronized void ended(Session session) {
        if (open.remove(session) != null) {
            received += session.received();
            sent += session.sent();
        }
    }

    /** Those that are open and belong to a handler. */
    void of(UpgradeHandler handler, Consumer<Session> action) {
        open.forEach((session, by) -> {
            if (by == handler) {
                action.accept(session);
            }
        });
    }

    /** The numbers of the moment. No connection ends meanwhile, so that no message is counted twice. */
    synchronized WebSocketStatus status(String name, long messageBytes) {
        int count = 0;
        long in = received;
        long out = sent;
        long zlib = 0;
        for (Session session : open.keySet()) {
            count++;
            in += session.received();
            out += session.sent();
            zlib += session.zlibOctets();
        }
        return new Numbers(name, count, in, out, messageBytes, zlib);
    }
}
