package org.pollux.samples.seed;

import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;

/** On which every sample is tried. */
enum Backends {
    NIO,
    LIBEVENT;

    Backend make() {
        return switch (this) {
            case NIO -> new NioBackend();
            case LIBEVENT -> new LibeventBackend();
        };
    }
}
