package org.pollux.http.server;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.reactor.admin.LimitReport;

/** How often bounds were met, over all connections of a server. From any thread. */
final class LimitCounts implements LimitReport {

    private final Map<Limit, AtomicLong> counts = new EnumMap<>(Limit.class);

    /** Calls are refused by bundle, over all servers; those before this one are not its. */
    private final long refusedBefore = BlockingCalls.refused();

    LimitCounts() {
        for (Limit limit : Limit.values()) {
            counts.put(limit, new AtomicLong());
        }
    }

    void met(Limit limit) {
        Objects.requireNonNull(counts.get(limit)).incrementAndGet();
    }

    /** A head was refused, because of a bound perhaps. */
    void headRefused(int status, boolean tooManyFields) {
        switch (status) {
            case 408 -> met(Limit.HEAD_TIME);
            case 413 -> met(Limit.BODY);
            case 414 -> met(Limit.REQUEST_LINE);
            case 431 -> met(tooManyFields ? Limit.FIELDS : Limit.HEAD);
            case 503 -> met(Limit.ADDRESS);
            default -> {}
        }
    }

    /** A body was refused, because of a bound perhaps; those of its trailers are the head's. */
    void bodyRefused(int status, boolean tooManyFields) {
        switch (status) {
            case 408 -> met(Limit.BODY_RATE);
            case 413 -> met(Limit.BODY);
            case 431 -> met(tooManyFields ? Limit.FIELDS : Limit.HEAD);
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
        long refused = BlockingCalls.refused() - refusedBefore;
        if (refused > 0) {
            met.put("blockingCalls (503)", refused);
        }
        return met;
    }
}
