package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;

/** P23 one poller at a time, P24 nothing before the first poll, P25 receiving ahead. */
interface StreamRules extends Rules {

    @Test
    default void p23_theNextPollerIsGivenAStreamWhileThePresentOneGoesOn() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe here = bench().probe(line.reader()).addTo(before, Interest.READ);
        Probe there = bench().watch(line.reader(), Interest.READ);

        line.send(Line.pattern(0, 100));
        assertEquals(1, before.poll(-1));
        assertArrayEquals(Line.pattern(0, 100), read(here.registration(), 100));
        assertEquals(0, there.calls());

        Handed handed = new Handed(here);
        before.handOver(handed);
        here.registration().remove();
        before.close();
        assertEquals(0, handed.received().length, "everything was read");
        line.send(Line.pattern(100, 10));
        bench().readyTogether(there);
        assertArrayEquals(Line.pattern(100, 10), read(there.registration(), 10));
    }

    @Test
    default void p23_aPollerThatIsNotPolledAfterAllDoesNotDisturbThePresentOne() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe here = bench().watch(line.reader(), Interest.READ);
        for (int i = 0; i < 5; i++) {
            Poller next = bench().anotherPoller();
            Probe there = bench().probe(line.reader()).addTo(next, Interest.READ);
            if (i % 2 == 0) {
                there.registration().remove();
            }
            next.close();
        }
        line.send(Line.pattern(0, 10));
        bench().readyTogether(here);
        assertArrayEquals(Line.pattern(0, 10), read(here.registration(), 10));
    }

    @Test
    default void p24_beforeItsFirstPollAPollerTakesNothing() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        line.send(Line.pattern(0, 100));
        Poller next = bench().anotherPoller();
        Probe probe = bench().probe(line.reader()).addTo(next, Interest.READ);
        probe.registration().interest(Interest.NONE);
        probe.registration().interest(Interest.READ_WRITE);

        ByteBuffer left = ByteBuffer.allocate(200);
        assertEquals(100, ((ReadableByteChannel) line.reader()).read(left), "bytes that are still in the kernel");
        assertArrayEquals(Line.pattern(0, 100), first(left, 100));
        line.send(Line.pattern(0, 10));
        Handed handed = new Handed(probe);
        next.handOver(handed);
        assertEquals(0, handed.received().length);
    }

    @Test
    default void p25_whatWasReceivedComesInOrderBeforeWhatTheSystemHas() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        line.send(Line.pattern(0, 30));
        bench().readyTogether(probe);
        assertArrayEquals(Line.pattern(0, 10), read(probe.registration(), 10));
        line.send(Line.pattern(30, 30)); // the bytes are in the kernel, however much was received ahead
        assertArrayEquals(Line.pattern(10, 30), read(probe.registration(), 30));
        line.send(Line.pattern(60, 40));
        bench().readyTogether(probe);
        line.send(Line.pattern(100, 10));
        assertArrayEquals(Line.pattern(40, 70), read(probe.registration(), 70));
        assertEquals(0, probe.registration().read(ByteBuffer.allocate(10)));
    }

    @Test
    default void p25_whatCameWhileNobodyAskedIsToldAndReadWhenSomebodyDoes() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = bench().watch(line.reader(), Interest.NONE);
        line.send(Line.pattern(0, 1_000));
        line.closeWriter();
        for (int i = 0; i < 3; i++) {
            bench().assertIdle(Duration.ofMillis(5));
        }
        probe.registration().interest(Interest.READ);
        bench().readyTogether(probe);
        assertArrayEquals(Line.pattern(0, 1_000), read(probe.registration(), 1_000));
        bench().readyTogether(probe);
        assertEquals(-1, probe.registration().read(ByteBuffer.allocate(10)));
    }

    /** A reader that pauses, and a reader that is too busy to read. */
    @Test
    default void p25_aStreamThatIsNotReadHoldsItsPeerBack() throws IOException {
        for (Interest interest : new Interest[] {Interest.NONE, Interest.READ}) {
            Line line = bench().line(LineKind.STREAM);
            Probe probe = bench().watch(line.reader(), interest);
            int sent = sendUntilHeldBack(line);
            probe.registration().interest(Interest.READ);
            assertArrayEquals(Line.pattern(0, sent), read(probe.registration(), sent));
        }
    }

    private int sendUntilHeldBack(Line line) throws IOException {
        int most = 64 << 20;
        int sent = 0;
        for (int idle = 0; idle < 10; ) {
            int taken = ((WritableByteChannel) line.writer()).write(ByteBuffer.wrap(Line.pattern(sent, 1 << 16)));
            sent += taken;
            assertTrue(sent < most, "the poller has taken " + sent + " bytes that nobody reads");
            idle = taken == 0 ? idle + 1 : 0;
            bench().poller().poll(taken == 0 ? Duration.ofMillis(2).toNanos() : 0);
        }
        return sent;
    }

    /** Reads that many bytes, and polls while none are available. */
    private byte[] read(Registration from, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = from.read(target);
            assertTrue(count >= 0, "the stream ended after " + target.position());
            if (count == 0) {
                bench().poller().poll(Duration.ofMillis(50).toNanos());
            }
        }
        return target.array();
    }

    private static byte[] first(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return bytes;
    }
}
