package org.pollux.reactor.runtime.net;

import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.LoopMemory;

/**
 * What one connection makes the server hold, and how fast its peer changes that. It exists from the moment when a connection
 * holds something for the first time. For the loop's thread.
 */
final class Holding {

    /** Bytes that anybody gets to move before a pace can be told. */
    private static final int GRACE = 64 * 1024;

    private static final long LEAST_AGE = 1_000_000;

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

    Holding(Loop loop) {
        this.loop = loop;
        this.memory = loop.memory();
        begin();
    }

    void addOutbound(long bytes) {
        begin();
        outbound += bytes;
        memory.add(bytes);
    }

    void addInbound(long bytes) {
        begin();
        inbound += bytes;
        memory.add(bytes);
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

    /** Bytes, without those that the handler keeps. */
    long bytes() {
        return outbound + inbound;
    }

    long outbound() {
        return outbound;
    }

    /** The system has taken so many bytes. */
    void sent(long count) {
        sent += count;
        sentAt = loop.now();
    }

    /** So many bytes have come. */
    void received(long count) {
        received += count;
        receivedAt = loop.now();
    }

    /** Everything is given back. */
    void clear() {
        memory.add(-bytes());
        outbound = 0;
        inbound = 0;
    }

    /**
     * How long the peer would take for what is held, at its pace so far, in nanoseconds: large for what is slow, and for what
     * is large.
     *
     * @param kept bytes that the handler keeps
     */
    double slowness(long now, long kept) {
        boolean out = outbound >= inbound + kept;
        double age = Math.max(LEAST_AGE, now - since);
        double stalled = now - (out ? sentAt : receivedAt);
        double moved = out ? sent : received;
        return (bytes() + kept) * Math.max(age / (moved + GRACE), stalled / GRACE);
    }
}
