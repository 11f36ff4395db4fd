package org.pollux.samples.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;
import org.pollux.reactor.testkit.UpdateContract;

class CapitalsTest {

    private final AtomicReference<Connection> opened = new AtomicReference<>();
    private final ManualClock clock = new ManualClock();
    private final EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
    private final TurnedReactor reactor =
            new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
    private final Peer client = reactor.accept(connection -> {
        opened.set(connection);
        return new Capitals().open(connection);
    });

    CapitalsTest() throws IOException {}

    @AfterEach
    void close() {
        reactor.close();
    }

    @Test
    void everyLineComesBackInCapitals() {
        client.send("hel").send("lo\nwörld\r\n").receives("HELLO\nWÖRLD\r\n");
    }

    @Test
    void anUpdateKeepsItsConnections() {
        UpdateContract.holds(Capitals::new, "hello\nwö\n\nld".getBytes(UTF_8));
    }

    @Test
    void aClientThatDoesNotReadCostsABoundedAmountOfMemory() {
        ByteBuffer lines = Bytes.of(("x".repeat(999) + "\n").repeat(64_000));
        reactor.turnUntil(
                "reading pauses",
                () -> client.sendSome(lines) == 0 && opened.get().isReadingPaused());
        assertTrue(lines.hasRemaining());
        assertTrue(opened.get().pending() < 70_000, () -> opened.get().pending() + " bytes are pending");

        int whole = lines.position() / 1000 * 1000;
        assertEquals('X', client.receive(whole)[0]);
    }
}
