package org.pollux.reactor.tck;

import org.pollux.reactor.spi.Backend;

/** The backend that polls at first, and the one that follows it. */
record SwapPair(Backend from, Backend to) {

    @Override
    public String toString() {
        return "from " + from.name() + " to " + to.name();
    }
}
