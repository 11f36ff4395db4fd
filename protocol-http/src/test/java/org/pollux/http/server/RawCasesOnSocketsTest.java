package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Listener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** The table of raw cases and the messages of {@link SplitsTest}, over real sockets. */
@Timeout(120)
class RawCasesOnSocketsTest {

    private final HandServer server = RawCasesTest.server();
    private TurnedReactor reactor;
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        ManualClock clock = new ManualClock();
        EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
        reactor = new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
        listener = reactor.listen(server.protocol());
    }

    @AfterEach
    void close() {
        reactor.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseHasItsOutcome() throws IOException {
        return RawCasesTest.cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    try (Client client = new Client(one.raw())) {
                        client.awaits(() ->
                                one.outcome().equals(RawCasesTest.outcome(one.raw(), client.received(), client.end())));
                        assertEquals(one.outcome(), RawCasesTest.outcome(one.raw(), client.received(), client.end()));
                    }
                }));
    }

    @Test
    void everyMessageHasTheResponsesThatItHasWithoutSockets() {
        for (String message : SplitsTest.MESSAGES) {
            String expected = SplitsTest.answers(server, message, message.length());
            try (Client client = new Client(message)) {
                client.awaits(() -> expected.equals(client.received() + client.end()));
                assertEquals(expected, client.received() + client.end(), message);
            }
        }
    }

    /** Sends what the server takes, also when that closes the connection early. */
    private final class Client implements AutoCloseable {

        private final Peer peer = reactor.dial(listener.local());
        private final ByteBuffer unsent;

        Client(String message) {
            unsent = ByteBuffer.wrap(message.getBytes(ISO_8859_1));
        }

        /** Turns until the server has done what is expected; the caller finds out what it has done instead. */
        void awaits(Check expected) {
            try {
                Await.until("the outcome", () -> holds(expected), this::turn);
                reactor.settle(); // and no more comes
                turn();
            } catch (AssertionError late) {
                // what came is compared with what was expected
            }
        }

        private boolean holds(Check expected) {
            try {
                return expected.holds();
            } catch (AssertionError unfinished) {
                return false;
            }
        }

        private void turn() {
            try {
                peer.sendSome(unsent);
            } catch (UncheckedIOException closed) {
                unsent.position(unsent.limit());
            }
            reactor.turn();
            server.reactor.settle();
            peer.receiveSome();
        }

        String received() {
            return new String(peer.received(), ISO_8859_1);
        }

        String end() {
            return peer.isEnded() || peer.isReset() ? "closed" : "open";
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    /** Whether the outcome is there; throws an {@link AssertionError} while a response is not whole. */
    private interface Check {
        boolean holds();
    }
}
