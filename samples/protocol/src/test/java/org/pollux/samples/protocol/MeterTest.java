package org.pollux.samples.protocol;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TurnedReactor;

/** The protocol of the guide: half-close and timeouts. */
class MeterTest {

    private final ManualClock clock = new ManualClock();
    private final EventLoop loop = new EventLoop(new NioBackend(), clock);
    private final TurnedReactor reactor =
            new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
    private final Peer client = reactor.accept(new Meter());

    MeterTest() throws IOException {}

    @AfterEach
    void close() {
        reactor.close();
    }

    @Test
    void aClientThatHasSentItsFinGetsTheNumber() {
        client.send("hello").closeOutput();
        client.receives("5 bytes\n");
        client.receivesEnd();
    }

    @Test
    void aSilentClientIsToldAndClosed() {
        client.send("hello");
        reactor.settle();
        reactor.pass(Duration.ofSeconds(30));
        client.receives("timeout after 5 bytes\n");
        client.receivesEnd();
    }
}
