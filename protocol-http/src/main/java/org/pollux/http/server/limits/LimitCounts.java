package org.pollux.http.server.limits;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.pollux.reactor.admin.LimitReport;

/** Counts how often each limit was reached, over all connections of a server. From any thread. */
public final class LimitCounts implements LimitReport {

    private final Map<LimitKind, AtomicLong> counts = new EnumMap<>(LimitKind.class);

    /** The refused calls of all servers. Calls that were refused before this server began do not count. */
    private final LongSupplier callsRefused;

    private final long refusedBefore;

    /**
     * Makes counts of zero.
     *
     * @param callsRefused how many calls of blocking handlers were refused so far
     */
    public LimitCounts(LongSupplier callsRefused) {
        this.callsRefused = callsRefused;
        this.refusedBefore = callsRefused.getAsLong();
        for (LimitKind limit : LimitKind.values()) {
            counts.put(limit, new AtomicLong());
        }
    }

    public void met(LimitKind limit) {
        Objects.requireNonNull(counts.get(limit)).incrementAndGet();
    }

    /** A head was refused, perhaps because of a limit. */
    public void headRefused(int status, boolean tooManyFields) {
        switch (status) {
            case 408 -> met(LimitKind.HEAD_TIME);
            case 413 -> met(LimitKind.BODY);
            case 414 -> met(LimitKind.REQUEST_LINE);
            case 431 -> met(tooManyFields ? LimitKind.FIELDS : LimitKind.HEAD);
            default -> {}
        }
    }

    /** A body was refused, perhaps because of a limit. The limits of its trailers are those of the head. */
    public void bodyRefused(int status, boolean tooManyFields) {
        switch (status) {
            case 408 -> met(LimitKind.BODY_RATE);
            case 413 -> met(LimitKind.BODY);
            case 431 -> met(tooManyFields ? LimitKind.FIELDS : LimitKind.HEAD);
            default -> {}
        }
    }

    @Override
    public Map<String, Long> limitsMet() {
        Map<String, Long> met = new LinkedHashMap<>();
        counts.forEach((limit, count) -> {
            long times = count.get();
            if (times > 0) {
                met.put(limit.text, times);
            }
        });
        long refused = callsRefused.getAsLong() - refusedBefore;
        if (refused > 0) {
            met.put("blockingCalls (503)", refused);
        }
        return met;
    }
}
