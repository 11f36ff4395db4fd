package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;

/** P28 handing over, P29 failures are reported once. */
interface HandoverRules extends Rules {

    int LENGTH = 50_000;

    private Handed handOver(Poller poller, Probe probe) throws IOException {
        Handed handed = new Handed(probe);
        poller.handOver(handed);
        probe.registration().remove();
        poller.close();
        assertEquals(List.of(), handed.others(), "nothing of other sources");
        return handed;
    }

    @Test
    default void p28_everyByteIsReadOrHandedOverOrStillInTheKernel() throws IOException {
        for (int read : new int[] {0, 1, 1_000}) {
            Line line = bench().line(LineKind.STREAM);
            Poller before = bench().anotherPoller();
            Probe probe = bench().probe(line.reader()).addTo(before, Interest.READ);
            line.send(Line.pattern(0, LENGTH));
            line.closeWriter();
            before.poll(-1);
            ByteBuffer target = ByteBuffer.allocate(read);
            probe.registration().read(target);
            before.poll(0);

            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(target.array(), 0, target.position());
            all.writeBytes(handOver(before, probe).received());
            all.writeBytes(line.receiveWaiting(LENGTH - all.size()));
            assertArrayEquals(Line.pattern(0, LENGTH), all.toByteArray());
        }
    }

    @Test
    default void p28_thePollerThatFollowsGoesOnBehindIt() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        line.send(Line.pattern(0, LENGTH));
        for (int round = 0; all.size() < LENGTH; round++) {
            Poller poller = bench().anotherPoller();
            Probe probe = bench().probe(line.reader()).addTo(poller, Interest.READ);
            assertTrue(poller.poll(bench().patience().toNanos()) > 0, "bytes are lost after " + all.size());
            ByteBuffer target = ByteBuffer.allocate(round % 3 == 0 ? 0 : 500);
            int count = probe.registration().read(target);
            all.write(target.array(), 0, Math.max(0, count));
            all.writeBytes(handOver(poller, probe).received());
        }
        assertArrayEquals(Line.pattern(0, LENGTH), all.toByteArray());
    }

    @Test
    default void p28_whatTheSystemTakesIsSentFirst() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.writer()).addTo(before, Interest.WRITE);
        Bench.write(probe.registration(), ByteBuffer.wrap(Line.pattern(0, 1_000)));
        assertEquals(0, handOver(before, probe).unsent().length);
        assertArrayEquals(Line.pattern(0, 1_000), line.receiveWaiting(1_000));
    }

    @Test
    default void p28_everyByteWrittenIsSentOrHandedOver() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.writer()).addTo(before, Interest.WRITE);
        int written = fill(before, probe.registration());
        byte[] unsent = handOver(before, probe).unsent();
        byte[][] received = new byte[1][];
        var receiving = Bench.meanwhile(() -> received[0] = line.receiveWaiting(written));
        line.sendWaiting(unsent);
        receiving.join();
        assertArrayEquals(Line.pattern(0, written), received[0]);
    }

    private static int fill(Poller poller, Registration writer) throws IOException {
        int written = 0;
        for (int idle = 0; idle < 3; ) {
            int taken = (int) writer.write(new ByteBuffer[] {ByteBuffer.wrap(Line.pattern(written, 1 << 14))}, 0, 1);
            written += taken;
            idle = taken == 0 ? idle + 1 : 0;
            assertTrue(written < SendingRules.MOST, "bytes are taken without end");
            poller.poll(taken == 0 ? Duration.ofMillis(5).toNanos() : 0);
        }
        return written;
    }

    @Test
    default void p28_nothingIsHandedOverOfWhatIsRemovedOrClosed() throws IOException {
        Poller before = bench().anotherPoller();
        Line removed = bench().line(LineKind.STREAM);
        Line closed = bench().line(LineKind.STREAM);
        Line stays = bench().line(LineKind.STREAM);
        Probe gone = bench().probe(removed.reader()).addTo(before, Interest.READ);
        bench().probe(closed.reader()).addTo(before, Interest.READ);
        Probe probe = bench().probe(stays.reader()).addTo(before, Interest.READ);
        for (Line line : List.of(removed, closed, stays)) {
            line.send(Line.pattern(0, 10));
        }
        for (int i = 0; i < 3; i++) {
            before.poll(Duration.ofMillis(5).toNanos());
        }
        gone.registration().remove();
        closed.reader().close();
        handOver(before, probe);
    }

    /** This happens when a loop gets another thread because a callback does not return (P14). */
    @Test
    default void p28_anotherThreadHasItHandedOverAndClosesItWhileACallbackDoesNotReturn() throws Exception {
        Line line = bench().line(LineKind.STREAM);
        Line sticking = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.reader()).addTo(before, Interest.NONE);
        Probe stuck = bench().probe(sticking.reader()).addTo(before, Interest.READ);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        stuck.whenTold(() -> {
            inside.countDown();
            awaits(freed);
            throw new IllegalStateException("the loop is another thread's");
        });
        line.send(Line.pattern(0, 100));
        sticking.sendOneByte();
        var polling = Bench.meanwhile(() -> assertThrows(IllegalStateException.class, () -> {
            while (true) {
                before.poll(-1);
            }
        }));
        awaits(inside);
        Handed handed = new Handed(probe);
        before.handOver(handed);
        before.close();

        Probe after = bench().watch(line.reader(), Interest.READ);
        line.send(Line.pattern(100, 10));
        bench().readyTogether(after);
        ByteBuffer rest = ByteBuffer.allocate(110 - handed.received().length);
        bench().pollUntil("the rest is read", () -> read(after, rest));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(handed.received());
        all.writeBytes(rest.array());
        assertArrayEquals(Line.pattern(0, 110), all.toByteArray());
        freed.countDown();
        polling.join();
        bench().readyTogether(bench().readable());
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "it was not freed");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the buffer is full now. */
    private static boolean read(Probe from, ByteBuffer into) {
        try {
            from.registration().read(into);
            return !into.hasRemaining();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void p29_aResetIsHandedOverOrFoundByThePollerThatFollows() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.reader()).addTo(before, Interest.READ);
        line.reset();
        before.poll(-1);
        before.poll(0);
        assertIsNotLost(handOver(before, probe), line);
    }

    /** The system reports a reset to the first send, and an orderly end to a receive after it. */
    @Test
    default void p29_aSendThatMeetsAResetIsToldAtOnceOrHandedOver() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.reader()).addTo(before, Interest.WRITE);
        line.reset();
        try {
            probe.registration().write(new ByteBuffer[] {ByteBuffer.allocate(10)}, 0, 1);
        } catch (IOException told) {
            return;
        }
        before.poll(0);
        assertIsNotLost(handOver(before, probe), line);
    }

    private void assertIsNotLost(Handed handed, Line line) throws IOException {
        assertTrue(handed.failures().size() < 2, () -> String.valueOf(handed.failures()));
        if (handed.failures().isEmpty()) {
            Probe after = bench().watch(line.reader(), Interest.READ);
            bench().readyTogether(after);
            assertThrows(IOException.class, () -> after.registration().read(ByteBuffer.allocate(10)));
        }
    }

    @Test
    default void p29_aFailureThatWasThrownIsNotHandedOver() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Poller before = bench().anotherPoller();
        Probe probe = bench().probe(line.reader()).addTo(before, Interest.READ);
        line.reset();
        before.poll(-1);
        assertThrows(IOException.class, () -> probe.registration().read(ByteBuffer.allocate(10)));
        assertEquals(List.of(), handOver(before, probe).failures());
    }
}
