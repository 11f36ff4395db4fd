package org.pollux.reactor.server.limits;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.pollux.reactor.admin.DescriptorStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps descriptors back from connections: for administration, files, class loading and {@code deploy/}. When only those are
 * left, new connections wait in the backlog.
 *
 * <p>The system lists all descriptors when it is asked how many there are. So it is asked when half of what was free has gone
 * to connections, once a second while connections come, and by the owner while too few are left. From any thread.
 */
public final class Descriptors {

    /** So many are kept back; fewer when the limit is so low that connections would get less than a third of the rest. */
    static final int KEPT = 64;

    private static final long SECOND = 1_000_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    private final ConnectionLimit connections;
    private final IntSupplier most;
    private final IntSupplier open;
    private final Runnable onShort;
    private int kept;

    /** At so many connections is looked again. */
    private volatile int lookAt;

    private volatile long lookedAt = System.nanoTime();

    private boolean isShort;
    private long timesShort;

    /**
     * Those of this process.
     *
     * @param onShort called when too few are left, on the thread that has found that: {@link #look} is to be called now and
     *     again until it returns false
     */
    public Descriptors(ConnectionLimit connections, Runnable onShort) {
        this(connections, SystemLimits::maxDescriptors, SystemLimits::openDescriptors, onShort);
    }

    public Descriptors(ConnectionLimit connections, IntSupplier most, IntSupplier open, Runnable onShort) {
        this.onShort = onShort;
        this.connections = connections;
        this.most = most;
        this.open = open;
    }

    /** A connection has come: so many are open. */
    public void opened(int count) {
        if (count >= lookAt || System.nanoTime() - lookedAt > SECOND) {
            boolean _ = look();
        }
    }

    /** Looks how many are left; whether too few are. */
    public synchronized boolean look() {
        lookedAt = System.nanoTime();
        int limit = most.getAsInt();
        int used = open.getAsInt();
        if (limit == Integer.MAX_VALUE || used == 0) {
            lookAt = Integer.MAX_VALUE;
            return false;
        }
        int count = connections.open();
        int others = Math.max(0, used - count);
        kept = Math.clamp((limit - others) * 2L / 3, 0, KEPT);
        int free = limit - used - kept;
        lookAt = count + Math.max(1, free / 2);
        boolean before = isShort;
        isShort = before ? free < Math.max(1, kept / 16) : free <= 0;
        if (isShort && !before) {
            timesShort++;
            LOG.warn("{}; times that this was so: {}", why(used, limit), timesShort);
        }
        if (isShort != before) {
            connections.block("descriptors", isShort ? Optional.of(why(used, limit)) : Optional.empty());
        }
        if (isShort && !before) {
            onShort.run();
        }
        return isShort;
    }

    private String why(int used, int limit) {
        return used + " of " + limit + " descriptors are open, and the last " + kept
                + " are kept back for administration,"
                + " files and deploy/: new connections wait; raise the limit of open files (ulimit -n)";
    }

    private record Now(int open, int limit, int kept, boolean full, long timesFull) implements DescriptorStatus {}

    public synchronized DescriptorStatus status() {
        return new Now(open.getAsInt(), most.getAsInt(), kept, isShort, timesShort);
    }
}
