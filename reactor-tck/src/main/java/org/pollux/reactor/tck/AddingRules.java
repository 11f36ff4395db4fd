package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;

/** P2 what can be watched, P3 one registration, P4 in the middle of a turn. */
interface AddingRules extends Rules {

    @ParameterizedTest
    @EnumSource
    default void p2_bothEndsOfAStreamCanBeWatched(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe reader = bench().watch(line.reader(), Interest.READ);
        Probe writer = bench().watch(line.writer(), Interest.WRITE);
        bench().readyTogether(writer);
        line.sendOneByte();
        bench().readyTogether(reader);
    }

    @Test
    default void p2_datagramsCanBeWatched() throws IOException {
        DatagramChannel receiver = bench().datagrams().bind(LineKind.LOOPBACK);
        Probe probe = bench().watch(receiver, Interest.READ);
        bench().assertIdle(Duration.ofMillis(5));
        bench().datagrams().send(ByteBuffer.allocate(3), receiver.getLocalAddress());
        bench().readyTogether(probe);
        probe.registration().interest(Interest.WRITE);
        bench().readyTogether(probe);
    }

    @Test
    default void p2_anInterestInADirectionThatTheChannelLacksIsTaken() throws IOException {
        Line line = bench().line(LineKind.PIPE);
        line.sendOneByte();
        Probe reader = bench().watch(line.reader(), Interest.READ_WRITE);
        bench().pollUntil("READ is told", () -> reader.reports().stream().anyMatch(Interest::reads));
        reader.registration().interest(Interest.WRITE);
        Probe writer = bench().watch(line.writer(), Interest.READ_WRITE);
        bench().pollUntil("WRITE is told", () -> writer.reports().stream().anyMatch(Interest::writes));
    }

    @Test
    default void p2_aRegistrationKnowsItsSource() throws IOException {
        Probe probe = bench().watch(bench().datagrams(), Interest.NONE);
        assertSame(probe, probe.registration().source());
    }

    @Test
    default void p2_aClosedChannelIsRefused() throws IOException {
        Line line = bench().line(LineKind.TCP);
        line.writer().configureBlocking(true);
        line.close();
        assertThrows(ClosedChannelException.class, () -> bench().watch(line.reader(), Interest.READ));
        assertThrows(ClosedChannelException.class, () -> bench().watch(line.writer(), Interest.READ));
    }

    @ParameterizedTest
    @EnumSource
    default void p2_aBlockingChannelIsRefusedAndNothingIsRegistered(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.reader().configureBlocking(true);
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> bench().watch(line.reader(), Interest.READ));
        assertSaysWhy(refusal);
        assertTrue(line.reader().isBlocking(), "the channel is left as it was");

        line.reader().configureBlocking(false);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        line.sendOneByte();
        bench().readyTogether(probe);
    }

    @Test
    default void p2_aChannelOfAnotherMakeIsRefused() throws IOException {
        SelectableChannel foreign = bench().closing(new ForeignChannel());
        foreign.configureBlocking(false);
        assertSaysWhy(assertThrows(IllegalArgumentException.class, () -> bench().watch(foreign, Interest.READ)));
    }

    private static void assertSaysWhy(Exception refusal) {
        String reason = refusal.getMessage();
        assertNotNull(reason, "a refusal gives its reason");
        assertFalse(reason.isBlank(), "a refusal gives its reason");
    }

    @ParameterizedTest
    @EnumSource
    default void p3_aSecondRegistrationIsRefusedAndTheFirstGoesOn(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.sendOneByte();
        Probe first = bench().watch(line.reader(), Interest.READ);
        Probe second = new Probe(line.reader());
        for (Interest interest : List.of(Interest.NONE, Interest.READ)) {
            assertThrows(IllegalStateException.class, () -> second.addTo(bench().poller(), interest));
        }
        bench().readyTogether(first);
        assertEquals(0, second.calls());
        first.registration().interest(Interest.NONE);
        bench().assertIdle(Duration.ofMillis(5));
        first.registration().interest(Interest.READ);
        bench().readyTogether(first);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p3_aChannelMayBeWatchedByTwoPollersAtOnce(LineKind kind) throws IOException {
        Probe here = bench().readable(kind);
        Poller other = bench().anotherPoller();
        Probe there = new Probe(here.channel()).addTo(other, Interest.READ);
        bench().readyTogether(here);
        assertEquals(1, other.poll(Duration.ofSeconds(10).toNanos()));

        there.registration().remove();
        other.close();
        bench().readyTogether(here);
    }

    @Test
    default void p4_whatACallbackAddsTakesPartInTheNextPoll() throws IOException {
        Probe adder = bench().readable();
        bench().readyTogether(adder);
        Probe added = new Probe(bench().datagrams());
        adder.whenTold(() -> {
            adder.registration().remove();
            added.addTo(bench().poller(), Interest.WRITE);
        });
        bench().poller().poll(0);
        bench().assertTold(added, Interest.WRITE);
    }

    @Test
    default void p4_thousandsAreAddedAndRemovedInTheMiddleOfATurn() throws IOException {
        Probe adder = bench().readable();
        List<Probe> crowd = new ArrayList<>();
        adder.whenTold(() -> {
            adder.registration().remove();
            for (int i = 0; i < 2_000; i++) {
                crowd.add(bench().watch(bench().datagrams(), Interest.WRITE));
            }
        });
        bench().pollUntil("all of the crowd are told", () -> crowd.stream().allMatch(probe -> probe.calls() > 0));

        List<Probe> gone = crowd.subList(0, 1_500);
        List<Probe> staying = crowd.subList(1_500, 2_000);
        crowd.forEach(probe -> probe.whenTold(() -> {
            crowd.forEach(Probe::forget);
            crowd.forEach(other -> other.whenTold(() -> {}));
            for (Probe leaving : gone) {
                leaving.registration().remove();
            }
        }));
        crowd.forEach(Probe::forget);
        bench().pollUntil("all that stay are told", () -> staying.stream().allMatch(probe -> probe.calls() > 0));
        assertEquals(0, gone.stream().mapToInt(Probe::calls).sum(), "calls of those that were removed");
    }
}
