package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Watch;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.spi.Poller;

/** A move in two steps: the next poller is prepared while the present one goes on, and sources come, go and change. */
class PreparedMoveTest {

    private final ProbeBackend next = new ProbeBackend();
    private final EventLoop loop;
    private final Loop inside;
    private final List<Pipe> pipes = new ArrayList<>();
    private final List<Watch> told = new ArrayList<>();

    PreparedMoveTest() throws IOException {
        loop = new EventLoop(new NioBackend());
        inside = loop.loop();
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    /** A watched pipe that can always be read. */
    private Watch watch(Interest interest) throws IOException {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.allocate(1));
        return loop.watch(pipe.source(), interest, (watch, _) -> told.add(watch));
    }

    private void assertTold(List<Watch> expected) {
        told.clear();
        loop.turn(java.time.Duration.ZERO);
        assertEquals(expected.size(), told.size());
        assertTrue(told.containsAll(expected));
    }

    private void exchange(Poller fresh) throws IOException {
        inside.exchange(next, fresh).close();
        assertEquals("probe", loop.backend());
    }

    @Test
    void fewAreAddedAtATimeAndThePresentPollerGoesOn() throws IOException {
        List<Watch> events = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            events.add(watch(Interest.READ));
        }
        Poller fresh = next.open();
        for (int i = 1; i <= 3; i++) {
            assertFalse(inside.sources().prepare(fresh, 3));
            assertEquals(3 * i, next.adds);
            assertEquals("nio", loop.backend());
            assertTold(events);
        }
        assertTrue(inside.sources().prepare(fresh, 3));
        assertTrue(inside.sources().prepare(fresh, 3), "prepared, and nothing is added twice");
        exchange(fresh);
        assertEquals(10, next.adds);
        assertTold(events);
    }

    /** Whatever happens meanwhile, in the end those that are watched are told and nobody else. */
    @RepeatedTest(50)
    void sourcesComeGoAndChangeMeanwhile(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Watch> reading = new ArrayList<>();
        List<Watch> resting = new ArrayList<>();
        Poller fresh = next.open();
        for (int i = 0; i < 200; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> reading.add(watch(Interest.READ));
                case 2 -> resting.add(watch(Interest.NONE));
                case 3 -> closeOne(random.nextBoolean() ? reading : resting, random);
                case 4 -> {
                    if (!reading.isEmpty()) {
                        Watch event = reading.remove(random.nextInt(reading.size()));
                        resting.add(event.interest(Interest.NONE));
                    }
                }
                default -> inside.sources().prepare(fresh, 1 + random.nextInt(3));
            }
        }
        assertTold(reading);
        exchange(fresh);
        assertTold(reading);
        assertEquals(reading.size() + resting.size() + 1, inside.sources().size());
        for (Watch event : resting) {
            event.interest(Interest.READ);
        }
        reading.addAll(resting);
        assertTold(reading);
        reading.forEach(Watch::close);
        assertTold(List.of());
    }

    private static void closeOne(List<Watch> events, Random random) {
        if (!events.isEmpty()) {
            events.remove(random.nextInt(events.size())).close();
        }
    }

    @Test
    void channelsThatAreClosedBehindTheLoopsBackAreDropped() throws IOException {
        Poller fresh = next.open();
        Watch before = watch(Interest.READ);
        Watch between = watch(Interest.READ);
        Watch stays = watch(Interest.READ);
        before.channel().close();
        inside.sources().prepare(fresh, 2);
        between.channel().close();
        exchange(fresh);
        assertTrue(before.isClosed());
        assertTrue(between.isClosed());
        assertTold(List.of(stays));
    }

    @Test
    void aPollerThatRefusesASourceIsAbandonedAndNothingHasChanged() throws IOException {
        List<Watch> events = List.of(watch(Interest.READ), watch(Interest.READ), watch(Interest.READ));
        next.onAdd = () -> {
            if (next.adds == 3) {
                throw new IOException("no memory");
            }
        };
        Poller fresh = next.open();
        assertFalse(inside.sources().prepare(fresh, 2));
        assertThrows(IOException.class, () -> inside.exchange(next, fresh));
        fresh.close();
        assertEquals("nio", loop.backend());
        assertTold(events);
        events.getFirst().close();
        next.onAdd = null;
        assertEquals(2, loop.moveTo(next));
        assertTold(events.subList(1, 3));
    }

    @Test
    void aPollerThatIsOvertakenByAnotherMoveLeavesNoTrace() throws IOException {
        List<Watch> events = List.of(watch(Interest.READ), watch(Interest.READ));
        Poller overtaken = next.open();
        inside.sources().prepare(overtaken, 1);
        loop.moveTo(new NioBackend());
        inside.sources().abandon(overtaken);
        overtaken.close();
        assertTold(events);
    }
}
