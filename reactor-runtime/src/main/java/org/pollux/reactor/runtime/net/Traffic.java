package org.pollux.reactor.runtime.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.pollux.reactor.admin.Counts;
import org.pollux.reactor.runtime.loop.Loop;

/**
 * What the connections of an endpoint have moved, and how they have ended. Each loop counts for itself, so that no two threads write to
 * the same place. The sums are read by any thread.
 */
public final class Traffic {

    private static final EndCause[] CAUSES = EndCause.values();
    private static final int BYTES_READ = 0;
    private static final int BYTES_WRITTEN = 1;
    private static final int HANDSHAKES = 2;
    private static final int HANDSHAKES_FAILED = 3;
    private static final int FIRST_CAUSE = 4;

    private final Map<Loop, OnLoop> parts = new ConcurrentHashMap<>();

    /** The part of one loop. For the loop's thread. */
    static final class OnLoop {

        private final Counts counts = new Counts(FIRST_CAUSE + CAUSES.length);
        private final Holding ended;

        OnLoop(Loop loop) {
            ended = Holding.ended(loop);
        }

        /** Of each connection that never held anything, from its end on. */
        Holding ended() {
            return ended;
        }

        void read(long bytes) {
            counts.add(BYTES_READ, bytes);
        }

        void written(long bytes) {
            counts.add(BYTES_WRITTEN, bytes);
        }

        void handshakeDone() {
            counts.add(HANDSHAKES, 1);
        }

        void handshakeFailed() {
            counts.add(HANDSHAKES_FAILED, 1);
        }

        void closed(EndCause cause) {
            counts.add(FIRST_CAUSE + cause.index(), 1);
        }
    }

    OnLoop on(Loop loop) {
        return parts.computeIfAbsent(loop, OnLoop::new);
    }

    public long bytesRead() {
        return sum(BYTES_READ);
    }

    public long bytesWritten() {
        return sum(BYTES_WRITTEN);
    }

    public long handshakes() {
        return sum(HANDSHAKES);
    }

    public long handshakesFailed() {
        return sum(HANDSHAKES_FAILED);
    }

    /** The ends, by cause; only causes that have occurred. */
    public Map<String, Long> closed() {
        Map<String, Long> ends = new TreeMap<>();
        for (EndCause cause : CAUSES) {
            long times = sum(FIRST_CAUSE + cause.index());
            if (times > 0) {
                ends.put(cause.text(), times);
            }
        }
        return ends;
    }

    private long sum(int index) {
        return parts.values().stream().mapToLong(part -> part.counts.get(index)).sum();
    }
}
