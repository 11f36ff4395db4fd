package org.pollux.websocket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections, memory, and what was refused or cut. From any thread. */
final class Tally {

    /** What is counted, in the order in which it is shown. */
    enum Met {
        MAX_CONNECTIONS("maxConnections of WebSocket (503)"),
        MAX_MESSAGE("maxMessage of WebSocket (1009)"),
        MAX_MEMORY("maxMemory of WebSocket (1013)"),
        ORIGIN("origins of WebSocket (403)"),
        NO_UPGRADE("WebSocket was not asked for (426)"),
        VERSION("another version of WebSocket (426)"),
        MALFORMED("a malformed handshake of WebSocket (400)"),
        PROTOCOL("a fault of a WebSocket client (1002)"),
        DATA("text or compression that is wrong (1007)"),
        LOST("WebSocket clients that vanished (1006)");

        private final String text;

        Met(String text) {
            this.text = text;
        }
    }

    private final Map<Met, LongAdder> met = new LinkedHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong memory = new AtomicLong();

    Tally() {
        for (Met each : Met.values()) {
            met.put(each, new LongAdder());
        }
    }

    void count(Met one) {
        of(one).increment();
    }

    private LongAdder of(Met one) {
        return met.computeIfAbsent(one, _ -> new LongAdder());
    }

    /** Counts a connection, unless there are as many already. */
    boolean open(int most) {
        if (connections.incrementAndGet() <= most) {
            return true;
        }
        connections.decrementAndGet();
        count(Met.MAX_CONNECTIONS);
        return false;
    }

    /** A connection has ended with this code, or was not accepted in the end. */
    void closed(int code) {
        connections.decrementAndGet();
        switch (code) {
            case 1002 -> count(Met.PROTOCOL);
            case 1006 -> count(Met.LOST);
            case 1007 -> count(Met.DATA);
            case 1009 -> count(Met.MAX_MESSAGE);
            case 1013 -> count(Met.MAX_MEMORY);
            default -> {}
        }
    }

    /** Counts bytes of messages that have come in part. False when there are more than these. */
    boolean charge(int bytes, long most) {
        return memory.addAndGet(bytes) <= most;
    }

    int connections() {
        return connections.get();
    }

    long memory() {
        return memory.get();
    }

    /** How often each was met. */
    Map<String, Long> times() {
        Map<String, Long> times = new LinkedHashMap<>();
        for (Met each : Met.values()) {
            times.put(each.text, of(each).sum());
        }
        return times;
    }
}
