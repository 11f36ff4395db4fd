package org.pollux.reactor.server.loops;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.Histogram;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.SwapStatus;

/** Remembers the swaps of a server. The admin thread writes, any thread reads. */
final class SwapLog {

    private final long started = System.nanoTime();
    private final Histogram pauses = new Histogram();
    private volatile Last last = new Last(null, 0);
    private volatile long failed;

    private record Last(@Nullable SwapReport report, long at) {}

    private record Now(long done, long failed, Distribution pauses, Optional<SwapReport> last, Duration lastAt)
            implements SwapStatus {}

    void done(SwapReport report) {
        pauses.record(report.longestPause().toNanos());
        last = new Last(report, System.nanoTime() - started);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void failed() {
        failed++;
    }

    SwapStatus status() {
        Last present = last;
        Distribution read = pauses.read();
        return new Now(
                read.count(), failed, read, Optional.ofNullable(present.report()), Duration.ofNanos(present.at()));
    }
}
