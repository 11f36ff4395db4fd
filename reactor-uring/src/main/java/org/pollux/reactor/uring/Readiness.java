package org.pollux.reactor.uring;

import java.io.IOException;
import org.pollux.reactor.Interest;

/** The poll of one descriptor. It reports once, so it is put into the ring again for each report. */
final class Readiness {

    private final Operations operations;
    private final int descriptor;

    /** Of the operation under way; 0 for none. */
    private long id;

    private Interest watched = Interest.NONE;

    Readiness(Operations operations, int descriptor) {
        this.operations = operations;
        this.descriptor = descriptor;
    }

    /** Waits for these directions, and for no other ones. */
    void watch(Interest wanted, Ring ring) throws IOException {
        if (id != 0 && wanted != watched) {
            cancel();
        }
        if (id == 0 && wanted != Interest.NONE) {
            id = operations.begin(descriptor);
            watched = wanted;
            int events = (wanted.reads() ? Flags.POLLIN : 0) | (wanted.writes() ? Flags.POLLOUT : 0);
            ring.poll(descriptor, events, id);
        }
    }

    /** The directions that a completed poll has found ready. An error and the peer's end count as both. */
    Interest completed(int events) {
        id = 0;
        boolean both = (events & ~(Flags.POLLIN | Flags.POLLOUT)) != 0;
        return Interest.of(both || (events & Flags.POLLIN) != 0, both || (events & Flags.POLLOUT) != 0);
    }

    boolean is(long other) {
        return id != 0 && id == other;
    }

    void cancel() {
        if (id != 0) {
            operations.cancel(id);
            id = 0;
        }
    }

    void forget() {
        id = 0;
    }
}
