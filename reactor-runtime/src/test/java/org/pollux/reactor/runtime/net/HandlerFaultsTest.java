package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What a handler throws costs it its connection, and nobody else anything. */
class HandlerFaultsTest {

    private final TestLoop test;
    private final Recorder bystander = new Recorder();
    private final Peer other;
    private final CapturedLog captured = new CapturedLog();

    HandlerFaultsTest() throws IOException {
        test = new TestLoop();
        other = test.accept(bystander);
    }

    @AfterEach
    void close() {
        test.close();
        captured.close();
    }

    enum Fault implements Supplier<Throwable> {
        EXCEPTION {
            @Override
            public Throwable get() {
                return new IllegalStateException("made to fail");
            }
        },
        STACK_OVERFLOW {
            @Override
            public Throwable get() {
                return new StackOverflowError("made to fail");
            }
        },
        OUT_OF_MEMORY {
            @Override
            public Throwable get() {
                return new OutOfMemoryError("made to fail");
            }
        },
        ASSERTION {
            @Override
            public Throwable get() {
                return new AssertionError("made to fail");
            }
        }
    }

    /** Throws in the callback of the given name. */
    private static final class Faulty extends Recorder {

        private final String where;
        private final Throwable fault;

        Faulty(String where, Throwable fault) {
            this.where = where;
            this.fault = fault;
        }

        private void at(String here) {
            if (here.equals(where)) {
                switch (fault) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalArgumentException(fault);
                }
            }
        }

        @Override
        protected void opened(Connection c) {
            at("open");
        }

        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in);
            at("data");
        }

        @Override
        protected void drained(Connection c) {
            at("drained");
        }

        @Override
        protected void inputClosed(Connection c) {
            at("inputClosed");
        }

        @Override
        protected void timedOut(Connection c) {
            at("timeout");
        }

        @Override
        protected void shutdown(Connection c) {
            at("shutdown");
        }

        @Override
        protected void closed(Connection c) {
            at("closed");
        }
    }

    private void assertLosesOnlyItsConnection(Faulty faulty, Peer peer) {
        test.turnUntil("it is told", faulty::isClosed);
        test.settle();
        assertEquals("closed", faulty.log().getLast());
        assertEquals(1, faulty.count("closed"));
        assertSame(faulty.fault, faulty.cause().orElseThrow());
        captured.says("made to fail");
        peer.receivesReset();
        assertOthersGoOn();
    }

    private void assertOthersGoOn() {
        other.send("are you there?");
        test.turnUntil("the other is served", () -> bystander.text().equals("are you there?"));
        assertTrue(other.isConnected());
        assertEquals(1, test.inside.counters().connections());
        assertEquals(1, test.openConnections());
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnOpen(Fault fault) {
        Faulty faulty = new Faulty("open", fault.get());
        assertLosesOnlyItsConnection(faulty, test.accept(faulty));
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnData(Fault fault) {
        Faulty faulty = new Faulty("data", fault.get());
        Peer peer = test.accept(faulty);
        peer.sendSome(ByteBuffer.allocate(10));
        assertLosesOnlyItsConnection(faulty, peer);
        assertEquals(0, peer.received().length, "what it wrote before is dropped");
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnDrained(Fault fault) {
        Faulty faulty = new Faulty("drained", fault.get());
        Peer peer = test.accept(faulty);
        test.onLoop(() -> faulty.connection().write(ByteBuffer.allocate(10 * Bytes.MB)));
        test.turnUntil("it fails", () -> {
            peer.receiveSome();
            return faulty.isClosed();
        });
        assertLosesOnlyItsConnection(faulty, peer);
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnInputClosed(Fault fault) {
        Faulty faulty = new Faulty("inputClosed", fault.get());
        Peer peer = test.accept(faulty);
        peer.closeOutput();
        assertLosesOnlyItsConnection(faulty, peer);
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnTimeout(Fault fault) {
        Faulty faulty = new Faulty("timeout", fault.get());
        Peer peer = test.accept(faulty);
        test.onLoop(() -> faulty.connection().idleTimeout(Duration.ofSeconds(1)));
        test.pass(Duration.ofSeconds(1));
        assertLosesOnlyItsConnection(faulty, peer);
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnShutdown(Fault fault) {
        Faulty faulty = new Faulty("shutdown", fault.get());
        Peer peer = test.accept(faulty);
        test.onLoop(() -> ((StreamConnection) faulty.connection()).shutdown());
        assertLosesOnlyItsConnection(faulty, peer);
    }

    @ParameterizedTest
    @EnumSource
    void case40_inOnClosed(Fault fault) {
        Faulty faulty = new Faulty("closed", fault.get());
        Peer peer = test.accept(faulty);
        peer.reset();
        test.turnUntil("it is told", faulty::isClosed);
        captured.says("made to fail");
        assertOthersGoOn();
    }

    @ParameterizedTest
    @EnumSource
    void case40_whenTheProtocolOpensAnAcceptedConnection(Fault fault) {
        Peer peer = test.accept(connection -> {
            new Faulty("open", fault.get()).at("open");
            return bystander;
        });
        peer.receivesReset();
        captured.says("made to fail");
        assertOthersGoOn();
    }

    @Test
    void aConnectionThatItsProtocolEndsInOpenIsNotOpened() {
        for (boolean abort : List.of(true, false)) {
            Recorder refused = new Recorder();
            Peer peer = test.accept(connection -> {
                if (abort) {
                    connection.abort();
                } else {
                    connection.close();
                }
                return refused;
            });
            peer.close();
            test.turnUntil("it is told", refused::isClosed);
            assertEquals(List.of("closed"), refused.log());
        }
        assertOthersGoOn();
    }
}
