package org.pollux.samples.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The protocol of the guide: half-close and timeouts. */
class MeterTest {

    private final HandReactor reactor = new HandReactor();
    private final HandConnection client = new HandConnection(reactor, _ -> new Meter());

    @Test
    void aClientThatHasSentItsFinGetsTheNumber() {
        client.receive("hello").receiveEnd();
        assertEquals("5 bytes\n", client.takeSent());
        assertTrue(client.isFinished());
    }

    @Test
    void aSilentClientIsToldAndClosed() {
        client.receive("hello");
        reactor.pass(Duration.ofSeconds(30));
        assertEquals("timeout after 5 bytes\n", client.takeSent());
        assertTrue(client.isFinished());
    }
}
