package org.example.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The test is the client of a connection in memory: no socket, no server, no waiting. */
class SampleProtocolTest {

    private final HandReactor reactor = new HandReactor();
    private final HandConnection client = new HandConnection(reactor, new SampleProtocol());

    @Test
    void eachNameGetsAGreeting() {
        client.receive("Ada\nGrace\n");
        assertEquals("Hello, Ada!\nHello, Grace!\n", client.takeSent());
    }

    @Test
    void aNameMayComeInPieces() {
        client.receive("A").receive("da");
        assertEquals("", client.takeSent());
        client.receive("\n");
        assertEquals("Hello, Ada!\n", client.takeSent());
    }

    @Test
    void anEndlessNameEndsTheConnection() {
        client.receive("x".repeat(2000));
        assertTrue(client.isFinished());
    }
}
