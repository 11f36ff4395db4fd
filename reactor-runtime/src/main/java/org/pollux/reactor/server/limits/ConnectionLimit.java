package org.pollux.reactor.server.limits;

import java.net.SocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.pollux.reactor.admin.LimitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the server has accepted and not lost yet, over all loops, and the limit for it. At the limit the
 * listeners pause, and new connections wait in the kernel's backlog; the listeners continue when a sixteenth of the
 * places is free, so that a full server does not switch at every connection.
 *
 * <p>The listener that meets the limit pauses before it accepts another connection; those on other loops may accept one
 * each before they notice it. From any thread.
 */
public final class ConnectionLimit {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    /** Whose the limits of the runtime are. */
    static final String OWNER = "org.pollux.reactor-runtime";

    private final AtomicInteger open = new AtomicInteger();
    private final AddressLimit addresses = new AddressLimit();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile int most;
    private volatile IntConsumer onOpened = _ -> {};
    private volatile boolean full;

    /** Why else new ones wait, by what found that. */
    private volatile Map<String, String> blocks = Map.of();

    private volatile long timesFull;

    /** Only counts. */
    public static ConnectionLimit none() {
        ConnectionLimit none = new ConnectionLimit();
        none.mostPerAddress(0);
        return none;
    }

    /** Sets the limit; 0 means none. */
    public void most(int connections) {
        most = connections;
        change();
    }

    /** Sets the limit of one client address, which holds for connections that come from now on: see {@link AddressLimit}. */
    public void mostPerAddress(int connections) {
        addresses.most(connections);
    }

    /** Calls back whenever {@link #isFull} has changed, on the thread that changed it. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Calls back for every connection that is opened, with how many are open now, on the thread that has accepted it. */
    public void onOpened(IntConsumer listener) {
        onOpened = listener;
    }

    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Counts a connection, unless its peer has too many: then it is to be closed, and does not count. */
    public boolean opened(SocketAddress peer) {
        if (!addresses.opened(peer)) {
            return false;
        }
        int now = open.incrementAndGet();
        if (now >= most && !full && most > 0) {
            change();
        }
        onOpened.accept(now);
        return true;
    }

    /** A connection that was counted is gone. */
    public void closed(SocketAddress peer) {
        addresses.closed(peer);
        if (open.decrementAndGet() <= resumeAt() && full) {
            change();
        }
    }

    /** Whether new connections wait. */
    public boolean isFull() {
        return full || !blocks.isEmpty();
    }

    /** Why they wait, and until when; only while they do. */
    public String why() {
        return full
                ? "the server is full: new connections wait until some of the " + open()
                        + " have ended; see maxConnections of pollux.runtime"
                : String.join("; ", blocks.values());
    }

    /**
     * Something else is used up, or not any more: new connections wait meanwhile. From any thread.
     *
     * @param what is short
     * @param why new connections wait, for people; empty when they need not
     */
    public synchronized void block(String what, Optional<String> why) {
        boolean before = isFull();
        Map<String, String> now = new TreeMap<>(blocks);
        if (why.isPresent()) {
            now.put(what, why.get());
        } else {
            now.remove(what);
        }
        blocks = Collections.unmodifiableMap(now);
        if (isFull() != before) {
            listeners.forEach(Runnable::run);
        }
    }

    int open() {
        return open.get();
    }

    /** How often each limit was met, of those that were. */
    public List<LimitStatus> status() {
        long times = timesFull;
        Stream<LimitStatus> full = times == 0
                ? Stream.empty()
                : Stream.of(new LimitStatus("maxConnections (new ones wait)", times, OWNER));
        return Stream.concat(full, addresses.status().stream()).toList();
    }

    private int resumeAt() {
        return most - Math.max(1, most / 16);
    }

    /** Two threads may see the limit crossed in two directions; the last one here sees both. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private synchronized void change() {
        boolean before = full;
        boolean waited = isFull();
        int now;
        do {
            now = open.get();
            full = most > 0 && (full ? now > resumeAt() : now >= most);
        } while (full && open.get() <= resumeAt()); // connections that ended meanwhile did not see that it is full
        if (full && !before) {
            timesFull++;
            LOG.warn(
                    "Connections open: {}, as many as maxConnections of pollux.runtime allows. New ones wait until {} are"
                            + " left; times that this was so: {}",
                    now,
                    resumeAt(),
                    timesFull);
        }
        if (isFull() != waited) {
            listeners.forEach(Runnable::run);
        }
    }
}
