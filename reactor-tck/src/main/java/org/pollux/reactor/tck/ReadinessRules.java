package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;

/** P5 level-triggered, P6 once, P7 only the interest. */
interface ReadinessRules extends Rules {

    @ParameterizedTest
    @EnumSource
    default void p5_whatIsNotDrainedIsReportedByEveryPoll(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.send(new byte[10]);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().readyTogether(probe);
        for (int left = 10; left > 0; left--) {
            bench().assertTold(probe, Interest.READ);
            assertEquals(1, probe.registration().read(ByteBuffer.allocate(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p5_roomToWriteIsReportedByEveryPoll(LineKind kind) throws IOException {
        Probe probe = bench().watch(bench().line(kind).writer(), Interest.WRITE);
        bench().readyTogether(probe);
        for (int i = 0; i < 10; i++) {
            bench().assertTold(probe, Interest.WRITE);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p5_whatBecomesReadyAfterBeingDrainedIsReportedAgain(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        probe.whenTold(() -> probe.registration().read(ByteBuffer.allocate(100)));
        for (int i = 0; i < 100; i++) {
            line.sendOneByte();
            bench().readyTogether(probe);
        }
    }

    /** A poll may leave some of very many sources to the next poll, but none of them for ever. */
    @Test
    default void p5_ofVeryManyThatAreReadyNoneIsForgotten() throws IOException {
        int many = 3_000;
        List<Probe> crowd = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            crowd.add(bench().watch(bench().datagrams(), Interest.WRITE));
        }
        for (int round = 0; round < 3; round++) {
            crowd.forEach(Probe::forget);
            for (int polls = 0; polls < 100 && !allTold(crowd); polls++) {
                bench().poller().poll(0);
            }
            assertTrue(allTold(crowd), "every one is told within a hundred polls");
        }
    }

    private static boolean allTold(List<Probe> probes) {
        return probes.stream().allMatch(probe -> probe.calls() > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_DOMAIN"})
    default void p6_bothDirectionsComeInOneCall(LineKind kind) throws IOException {
        bench().assertTold(bench().readableAndWritable(kind), Interest.READ_WRITE);
    }

    @ParameterizedTest
    @EnumSource
    default void p6_whatIsMadeReadyTwiceIsToldOnce(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        line.sendOneByte();
        line.sendOneByte();
        bench().readyTogether(probe);
        bench().assertTold(probe, Interest.READ);
    }

    @Test
    default void p6_thePollReturnsHowManyItTold() throws IOException {
        Probe[] probes = new Probe[10];
        for (int i = 0; i < probes.length; i++) {
            probes[i] = bench().readable();
        }
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        bench().readyTogether(probes);
        assertEquals(10, bench().poller().poll(0));
        for (int left = 9; left >= 0; left--) {
            probes[left].registration().remove();
            assertEquals(left, bench().poller().poll(0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_DOMAIN"})
    default void p7_aReportNeverExceedsTheInterest(LineKind kind) throws IOException {
        Probe probe = bench().readableAndWritable(kind);
        for (Interest interest : List.of(Interest.WRITE, Interest.READ_WRITE, Interest.READ)) {
            probe.registration().interest(interest);
            bench().assertTold(probe, interest);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p7_withoutInterestThereIsNoReport(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.sendOneByte();
        Probe reader = bench().watch(line.reader(), Interest.NONE);
        bench().assertIdle(Duration.ofMillis(10));
        line.closeWriter();
        bench().assertIdle(Duration.ofMillis(10));
        assertEquals(0, reader.calls());
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_DOMAIN"})
    default void p7_anInterestNarrowedInTheSameTurnNarrowsTheReport(LineKind kind) throws IOException {
        Probe one = bench().readableAndWritable(kind);
        Probe two = bench().readableAndWritable(kind);
        bench().readyTogether(one, two);
        one.whenTold(() -> two.registration().interest(Interest.WRITE));
        two.whenTold(() -> one.registration().interest(Interest.WRITE));
        assertEquals(2, bench().poller().poll(0));
        assertEquals(
                Set.of(List.of(Interest.READ_WRITE), List.of(Interest.WRITE)),
                Set.copyOf(List.of(one.reports(), two.reports())),
                "the first is told of both directions, the second of what the first has left of its interest");
    }

    @Test
    default void p7_anInterestTakenAwayInTheSameTurnTakesTheCallAway() throws IOException {
        Probe one = bench().readable();
        Probe two = bench().readable();
        bench().readyTogether(one, two);
        one.whenTold(() -> two.registration().interest(Interest.NONE));
        two.whenTold(() -> one.registration().interest(Interest.NONE));
        assertEquals(1, bench().poller().poll(0));
        assertEquals(1, one.calls() + two.calls());
    }
}
