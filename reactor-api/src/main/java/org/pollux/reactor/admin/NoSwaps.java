package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.Optional;

/** A server that has not swapped its backend. */
enum NoSwaps implements SwapStatus {
    INSTANCE;

    @Override
    public long done() {
        return 0;
    }

    @Override
    public long failed() {
        return 0;
    }

    @Override
    public Distribution pauses() {
        return Distribution.EMPTY;
    }

    @Override
    public Optional<SwapReport> last() {
        return Optional.empty();
    }

    @Override
    public Duration lastAt() {
        return Duration.ZERO;
    }
}
