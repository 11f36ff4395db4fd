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

/** What one test of a swap works with: a reactor that a test turns by hand, and the two backends it goes between. */
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

    /**
     * Moves to the other backend: there first, and back when it is there.
     *
     * @return how many sources moved
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

    /** A connection of this reactor still hears its peer. */
    void assertServes(Recorder recorder, Peer peer) {
        int before = recorder.size();
        peer.send("hello");
        turnUntil("it is served", () -> recorder.size() == before + 5);
    }
}
