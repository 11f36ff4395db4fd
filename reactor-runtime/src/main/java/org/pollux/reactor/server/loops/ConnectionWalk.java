package org.pollux.reactor.server.loops;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Sources;
import org.pollux.reactor.runtime.net.StreamConnection;

/**
 * Looks at the connections of one loop, some in each turn, from the last to the first. A source that is removed meanwhile is
 * replaced by the last one, which was looked at already. So no connection that stays is missed, and some are seen twice.
 */
final class ConnectionWalk {

    /** Sources in one turn, which is a fraction of a millisecond. */
    static final int PIECE = 256;

    private final Loop loop;
    private final Predicate<StreamConnection> goesOn;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int next = Integer.MAX_VALUE;

    /**
     * A walk that has not begun.
     *
     * @param goesOn called on the loop with each connection, until it returns false; it may close the connection
     */
    ConnectionWalk(Loop loop, Predicate<StreamConnection> goesOn) {
        this.loop = loop;
        this.goesOn = goesOn;
    }

    /** From any thread. */
    void begin() {
        try {
            loop.execute(this::look);
        } catch (RejectedExecutionException _) {
            done.complete(null); // a closed loop has no connection
        }
    }

    /** Completes when all were looked at. */
    CompletableFuture<Void> done() {
        return done;
    }

    private void look() {
        try {
            Sources sources = loop.sources();
            int index = Math.min(next, sources.size());
            for (int looks = 0; looks < PIECE && index > 0; looks++) {
                index--;
                if (sources.at(index) instanceof StreamConnection connection && !goesOn.test(connection)) {
                    index = 0;
                }
            }
            next = index;
        } catch (RuntimeException | Error fault) {
            done.completeExceptionally(fault);
            return;
        }
        if (next == 0) {
            done.complete(null);
        } else {
            begin();
        }
    }
}
