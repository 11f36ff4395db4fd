package org.pollux.http.server.exchange;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells responses without an end of their own that the service of their handler is gone. From any thread. */
public final class Departure {

    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** Runs the action when the service is gone: at once when it is already, and perhaps twice. */
    void await(Runnable action) {
        waiting.add(action);
        if (over) {
            action.run();
        }
    }

    void forget(Runnable action) {
        waiting.remove(action);
    }

    /** The service is gone, and requests do not find it any more. */
    public void come() {
        over = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }
}
