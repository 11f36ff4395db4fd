package org.pollux.reactor.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TurnedReactor;

/** The equipment of one swap test: a reactor that the test turns by hand, and the two backends that it swaps. */
final class SwapBench extends TurnedReactor {

    private final SwapPair pair;
    private boolean away;

    SwapBench(SwappableReactor reactor, ManualClock clock, Duration patience, SwapPair pair) {
        super(reactor, clock, patience);
        this.pair = pair;
    }

    Backend from() {
        return pair.from();
    }

    Backend to() {
        return pair.to();
    }

    /** Whether this pair is one of the few that tests run with which must wait for the system. */
    boolean mayWait() {
        return pair.neighbours();
    }

    /**
     * Moves to the other backend, and back with the next call.
     *
     * @return the number of moved sources
     */
    int swap() {
        try {
            int moved = moveTo(away ? from() : to());
            away = !away;
            return moved;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection of this reactor still receives its peer's bytes. */
    void assertServes(Recorder recorder, Peer peer) {
        int before = recorder.size();
        peer.send("hello");
        turnUntil("it is served", () -> recorder.size() == before + 5);
    }
}
