package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;

/** P1 independent pollers, P14 close. */
interface OpenAndCloseRules extends Rules {

    @Test
    default void p1_aPollerTellsOnlyOfItsOwnSources() throws IOException {
        Probe here = bench().readable();
        Poller other = bench().anotherPoller();
        Line line = bench().line(LineKind.TCP);
        line.sendOneByte();
        Probe there = new Probe(line.reader()).addTo(other, Interest.READ);

        bench().readyTogether(here);
        assertEquals(0, there.calls(), "calls by the other poller's poll");
        assertEquals(1, other.poll(Duration.ofSeconds(10).toNanos()));
        assertEquals(1, there.calls());
        assertEquals(0, here.calls());
    }

    @Test
    default void p1_closingAPollerDoesNotDisturbAnother() throws IOException {
        Probe probe = bench().readable();
        Poller other = bench().anotherPoller();
        other.close();
        bench().readyTogether(probe);
    }

    @Test
    default void p1_twoPollersWaitOnTwoThreadsAtOnce() throws IOException {
        Probe here = bench().readable();
        Poller other = bench().anotherPoller();
        Line line = bench().line(LineKind.TCP);
        Probe there = new Probe(line.reader()).addTo(other, Interest.READ);
        var told = new AtomicInteger();
        var waiting =
                Bench.meanwhile(() -> told.set(other.poll(Duration.ofSeconds(10).toNanos())));

        for (int i = 0; i < 100; i++) {
            bench().readyTogether(here);
        }
        line.sendOneByte();
        waiting.join();
        assertEquals(1, told.get());
        assertEquals(1, there.calls());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p14_closingLeavesTheChannelsToAnotherPoller(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Poller first = bench().anotherPoller();
        Probe before = new Probe(line.reader()).addTo(first, Interest.READ);
        new Probe(line.writer()).addTo(first, Interest.WRITE);
        first.close();

        assertTrue(line.reader().isOpen() && line.writer().isOpen(), "the channels are open still");
        Probe after = bench().watch(line.reader(), Interest.READ);
        line.send(Line.pattern(0, 5));
        bench().readyTogether(after);
        after.registration().remove();
        assertArrayEquals(Line.pattern(0, 5), line.receiveWaiting(5));
        assertEquals(0, before.calls());
    }

    @Test
    default void p14_closingTwiceIsHarmless() throws IOException {
        Poller poller = bench().anotherPoller();
        new Probe(bench().line(LineKind.TCP).reader()).addTo(poller, Interest.READ);
        poller.close();
        assertDoesNotThrow(poller::close);
    }

    @Test
    default void p14_aClosedPollerRefusesEveryUse() throws IOException {
        Line line = bench().line(LineKind.TCP);
        Poller poller = bench().anotherPoller();
        Probe probe = new Probe(line.reader()).addTo(poller, Interest.READ);
        poller.close();

        assertThrows(IllegalStateException.class, () -> poller.poll(0));
        assertThrows(IllegalStateException.class, () -> new Probe(line.writer()).addTo(poller, Interest.READ));
        assertThrows(IllegalStateException.class, () -> probe.registration().interest(Interest.WRITE));
    }

    @Test
    default void p14_aRegistrationMayBeRemovedAfterItsPollerIsClosed() throws IOException {
        Line line = bench().line(LineKind.TCP);
        Poller first = bench().anotherPoller();
        Probe before = new Probe(line.reader()).addTo(first, Interest.READ);
        first.close();
        Probe after = bench().watch(line.reader(), Interest.READ);

        before.registration().remove();
        line.sendOneByte();
        bench().readyTogether(after);
    }

    @Test
    default void p14_closingGivesEveryDescriptorBack() throws IOException {
        Line line = bench().line(LineKind.TCP);
        openAndClose(line, 10);
        long before = openDescriptors();
        openAndClose(line, 200);
        long kept = openDescriptors() - before;
        assertTrue(kept < 50, kept + " descriptors are left of 200 pollers");
    }

    private void openAndClose(Line line, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Poller poller = bench().anotherPoller()) {
                new Probe(line.reader()).addTo(poller, Interest.READ);
                poller.poll(0);
            }
        }
    }

    /** The number of descriptors that the process has open; 0 where the platform does not report it. */
    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
