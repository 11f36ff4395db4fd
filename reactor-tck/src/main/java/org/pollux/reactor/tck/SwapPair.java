package org.pollux.reactor.tck;

import org.pollux.reactor.spi.Backend;

/**
 * The backend that polls at first, and the one that follows it.
 *
 * @param neighbours whether the second one is behind the first in the contract's list, or the last one and the first: each backend
 *     is then once the first and once the second
 */
record SwapPair(Backend from, Backend to, boolean neighbours) {

    @Override
    public String toString() {
        return "from " + from.name() + " to " + to.name();
    }
}
