package org.pollux.reactor.admin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters that one thread writes and any thread reads, without a lock. A write is opaque, which costs what a plain one
 * costs. A reader sees each counter whole, and perhaps some events late.
 */
public final class Counts {

    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values;

    /** That many counters, of 0 each. */
    public Counts(int size) {
        values = new long[size];
    }

    /** Adds to a counter. For the one thread that writes; another one may follow it when it has stopped. */
    public void add(int index, long change) {
        VALUE.setOpaque(values, index, values[index] + change);
    }

    /** A counter; from any thread. */
    public long get(int index) {
        return (long) VALUE.getOpaque(values, index);
    }

    /** How many counters there are. */
    public int size() {
        return values.length;
    }
}
