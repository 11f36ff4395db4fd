package org.pollux.reactor.runtime.tls;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;

/** What is counted of handshakes, over all loops. From any thread. */
public final class TlsCounts {

    private final LongAdder underWay = new LongAdder();
    private final Map<TlsVersion, LongAdder> done = new EnumMap<>(TlsVersion.class);
    private final LongAdder resumed = new LongAdder();
    private final Map<TlsException.Reason, LongAdder> failed = new EnumMap<>(TlsException.Reason.class);
    private final LongAdder unfinished = new LongAdder();
    private final LongAdder crowdedOut = new LongAdder();
    private final LongAdder heldBack = new LongAdder();

    public TlsCounts() {
        for (TlsVersion version : TlsVersion.values()) {
            done.put(version, new LongAdder());
        }
        for (TlsException.Reason reason : TlsException.Reason.values()) {
            failed.put(reason, new LongAdder());
        }
    }

    void began() {
        underWay.increment();
    }

    void done(TlsInfo info) {
        underWay.decrement();
        done.getOrDefault(info.version(), resumed).increment();
        if (info.resumed()) {
            resumed.increment();
        }
    }

    void failed(TlsException.Reason reason) {
        underWay.decrement();
        failed.getOrDefault(reason, unfinished).increment();
    }

    void leftUnfinished() {
        underWay.decrement();
        unfinished.increment();
    }

    void crowdedOut() {
        crowdedOut.increment();
    }

    void heldBack() {
        heldBack.increment();
    }

    /** Handshakes under way now. */
    public long underWay() {
        return underWay.sum();
    }

    /** Handshakes that were done, by the version of TLS. */
    public Map<TlsVersion, Long> done() {
        Map<TlsVersion, Long> sums = new EnumMap<>(TlsVersion.class);
        done.forEach((version, count) -> sums.put(version, count.sum()));
        return sums;
    }

    /** How many of these continued an earlier session. */
    public long resumed() {
        return resumed.sum();
    }

    /** Handshakes that have failed, by reason; only those that have. */
    public Map<TlsException.Reason, Long> failed() {
        Map<TlsException.Reason, Long> sums = new TreeMap<>();
        failed.forEach((reason, count) -> {
            if (count.sum() > 0) {
                sums.put(reason, count.sum());
            }
        });
        return sums;
    }

    /** Handshakes that ended in the middle: their time was over, or one side gave up. */
    public long unfinished() {
        return unfinished.sum();
    }

    /** How many of these were reset because a loop had too many under way. */
    public long timesCrowdedOut() {
        return crowdedOut.sum();
    }

    /** How often a handshake waited for a later turn because the present one had used its private-key operations. */
    public long timesHeldBack() {
        return heldBack.sum();
    }
}
