package org.pollux.reactor.runtime.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.SendBuffer;
import org.pollux.reactor.spi.base.JdkChannels;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Recorder;

/** The options of accepted connections, and the packets that a short one costs. The system is asked what it has. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@SuppressWarnings("restricted")
class AcceptedOptionsTest {

    private static final int TCP_INFO = 11;
    private static final int TCP_NOTSENT_LOWAT = 25;

    /** {@code tcpi_segs_in} of {@code struct tcp_info}. */
    private static final int SEGMENTS_RECEIVED = 140;

    private static final MethodHandle GETSOCKOPT = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("getsockopt"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private final MemoryBudget budget = new MemoryBudget(100 * Bytes.MB, new SendBuffer(64 * 1024));
    private final TestLoop test;
    private final List<SocketChannel> peers = new ArrayList<>();

    AcceptedOptionsTest() throws IOException {
        test = new TestLoop(budget);
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
        test.close();
    }

    /** The number at this place of what the system says of the option. */
    private static int asked(SocketChannel channel, int option, int place) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(256, 8);
            MemorySegment length = arena.allocateFrom(JAVA_INT, 256);
            assertEquals(0, (int) GETSOCKOPT.invokeExact(JdkChannels.descriptor(channel), 6, option, value, length));
            return value.get(JAVA_INT, place);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private SocketChannel dial(Listener listener) throws IOException {
        SocketChannel peer = SocketChannel.open(listener.local());
        peers.add(peer);
        return peer;
    }

    private SocketChannel accepted(Listener listener) throws IOException {
        int before = test.inside.sources().size();
        SocketChannel _ = dial(listener);
        test.turnUntil("it is accepted", () -> test.inside.sources().size() > before);
        return (SocketChannel) test.inside.sources().at(before).channel();
    }

    @Test
    void everyAcceptedConnectionHasThem() throws IOException {
        try (Listener listener = test.listen(_ -> new Recorder())) {
            for (int i = 0; i < 2; i++) {
                SocketChannel channel = accepted(listener);
                assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
                assertEquals(64 * 1024, asked(channel, TCP_NOTSENT_LOWAT, 0));
            }
        }
    }

    @Test
    void aChangedLimitHoldsFromTheNextConnectionOn() throws IOException {
        try (Listener listener = test.listen(_ -> new Recorder())) {
            SocketChannel before = accepted(listener);
            budget.kernel().limit(32 * 1024);
            for (int i = 0; i < 2; i++) {
                assertEquals(32 * 1024, asked(accepted(listener), TCP_NOTSENT_LOWAT, 0));
            }
            assertEquals(64 * 1024, asked(before, TCP_NOTSENT_LOWAT, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastBytesAndTheEndAreOnePacket(boolean lingers) throws IOException {
        Recorder recorder = new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(Bytes.of("bye"));
                if (lingers) {
                    c.close();
                } else {
                    c.closeWithoutLinger();
                }
            }
        };
        try (Listener listener = test.listen(_ -> recorder)) {
            SocketChannel peer = dial(listener);
            int before = asked(peer, TCP_INFO, SEGMENTS_RECEIVED);
            test.turnUntil("it is accepted", () -> !recorder.log().isEmpty());
            ByteBuffer received = ByteBuffer.allocate(10);
            while (peer.read(received) >= 0) {
                // until the end
            }
            assertEquals(3, received.position());
            assertEquals(1, asked(peer, TCP_INFO, SEGMENTS_RECEIVED) - before);
        }
    }
}
