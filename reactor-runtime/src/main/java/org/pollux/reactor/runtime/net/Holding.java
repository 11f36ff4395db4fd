package org.pollux.reactor.runtime.net;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.LoopMemory;

/**
 * The memory that one connection makes the server hold, and how fast its peer changes it. It exists from the moment
 * when a connection holds something for the first time. For the loop's thread, but for {@link #charge}.
 */
final class Holding {

    /** Bytes that a peer may move before its pace is judged. */
    private static final int GRACE = 64 * 1024;

    private static final long LEAST_AGE = 1_000_000;
    private static final long ENDED = Long.MIN_VALUE;
    private static final AtomicLongFieldUpdater<Holding> CHARGED =
            AtomicLongFieldUpdater.newUpdater(Holding.class, "charged");

    private final Loop loop;
    private final LoopMemory memory;
    private long outbound;
    private long inbound;

    /** When it began to hold something, by the loop's clock. */
    private long since;

    // what was moved since then, and when last
    private long sent;
    private long sentAt;
    private long received;
    private long receivedAt;

    /**
     * Bytes that the handler keeps, and those on their way from other threads; {@link #ENDED} afterwards. From any thread.
     */
    private volatile long charged;

    Holding(Loop loop) {
        this.loop = loop;
        this.memory = loop.memory();
        begin();
    }

    /** One that has ended. All connections of a loop that end without having held anything share it. */
    static Holding ended(Loop loop) {
        Holding ended = new Holding(loop);
        ended.end();
        return ended;
    }

    void addOutbound(long bytes) {
        if (charged != ENDED) {
            begin();
            outbound += bytes;
            memory.add(bytes);
        }
    }

    void addInbound(long bytes) {
        if (charged != ENDED) {
            begin();
            inbound += bytes;
            memory.add(bytes);
        }
    }

    private void begin() {
        if (outbound == 0 && inbound == 0) {
            since = loop.now();
            sent = 0;
            sentAt = since;
            received = 0;
            receivedAt = since;
        }
    }

    /** Counts bytes that are kept outside of the loop's buffers, and negative ones back. From any thread. */
    void charge(long bytes) {
        long before = charged;
        while (before != ENDED) {
            if (CHARGED.compareAndSet(this, before, before + bytes)) {
                memory.addForeign(bytes);
                return;
            }
            before = charged;
        }
    }

    /** All bytes. */
    long held() {
        return outbound + inbound + kept();
    }

    private long kept() {
        return Math.max(0, charged);
    }

    long outbound() {
        return outbound;
    }

    /** The system has taken so many bytes. */
    void sent(long count) {
        sent += count;
        sentAt = loop.now();
    }

    /** That many bytes have come. */
    void received(long count) {
        received += count;
        receivedAt = loop.now();
    }

    /** Everything is given back; nothing counts any more. */
    void end() {
        memory.add(-outbound - inbound);
        outbound = 0;
        inbound = 0;
        memory.addForeign(-CHARGED.getAndSet(this, ENDED));
    }

    /**
     * How long the peer would take for what is held, at its pace so far, in nanoseconds: large for what is slow, and for
     * what is large.
     */
    double slowness(long now) {
        boolean out = outbound >= inbound + kept();
        double age = Math.max(LEAST_AGE, now - since);
        double stalled = now - (out ? sentAt : receivedAt);
        double moved = out ? sent : received;
        return held() * Math.max(age / (moved + GRACE), stalled / GRACE);
    }
}
