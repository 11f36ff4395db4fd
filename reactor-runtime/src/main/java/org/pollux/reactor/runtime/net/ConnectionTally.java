package org.pollux.reactor.runtime.net;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The connections that belong together because they drain together, over all loops: how many, not which. */
public final class ConnectionTally {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong();
    private final String name;
    private final Consumer<SocketAddress> onConnectionClosed;
    private final Traffic traffic;

    public ConnectionTally() {
        this("", _ -> {});
    }

    public ConnectionTally(String name, Consumer<SocketAddress> onConnectionClosed) {
        this(name, onConnectionClosed, new Traffic());
    }

    /**
     * A group whose owner is called, on the connection's loop, when one has ended.
     *
     * @param name whose connections they are, for people
     * @param onConnectionClosed gets the peer of the one that is gone
     * @param traffic of the endpoint through which they have come
     */
    public ConnectionTally(String name, Consumer<SocketAddress> onConnectionClosed, Traffic traffic) {
        this.name = name;
        this.onConnectionClosed = onConnectionClosed;
        this.traffic = traffic;
    }

    Traffic traffic() {
        return traffic;
    }

    String name() {
        return name;
    }

    void connectionOpened() {
        open.incrementAndGet();
        opened.incrementAndGet();
    }

    void connectionClosed(SocketAddress peer) {
        onConnectionClosed.accept(peer);
        open.decrementAndGet(); // last: when none is open, the owner has heard of all
    }

    /** It belongs to another group now. */
    void connectionLeft() {
        open.decrementAndGet();
    }

    /** Connections whose handler has not heard of the end yet; from any thread. */
    public int open() {
        return open.get();
    }

    /** Connections since the start; from any thread. */
    public long opened() {
        return opened.get();
    }
}
