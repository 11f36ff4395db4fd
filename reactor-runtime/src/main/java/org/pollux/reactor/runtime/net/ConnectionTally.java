package org.pollux.reactor.runtime.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that belong together because they drain together, over all loops: how many, not which. */
public final class ConnectionTally {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong();
    private final String name;
    private final Runnable onConnectionClosed;

    public ConnectionTally() {
        this("", () -> {});
    }

    /**
     * A group whose owner is called, on the connection's loop, when one has ended.
     *
     * @param name whose connections they are, for people
     */
    public ConnectionTally(String name, Runnable onConnectionClosed) {
        this.name = name;
        this.onConnectionClosed = onConnectionClosed;
    }

    String name() {
        return name;
    }

    void connectionOpened() {
        open.incrementAndGet();
        opened.incrementAndGet();
    }

    void connectionClosed() {
        open.decrementAndGet();
        onConnectionClosed.run();
    }

    /** Connections whose handler has not heard of the end yet; from any thread. */
    public int open() {
        return open.get();
    }

    /** Connections since the start; from any thread. */
    long opened() {
        return opened.get();
    }
}
