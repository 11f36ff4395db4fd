package org.pollux.reactor.spi.base;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;

/** What a poller does with what its mechanism finds. The contract says the rest, with mechanisms of the system. */
class AbstractPollerTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();

    private final Played poller = new Played();
    private final List<Pipe> pipes = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void aMechanismGoneMadEndsThePollWithTheReason() {
        for (long timeout : new long[] {-1, LONG}) {
            var failure = assertThrows(IOException.class, () -> poller.poll(timeout));
            assertTrue(failure.toString().contains("open another poller"), failure::toString);
        }
    }

    @Test
    void someEarlyReturnsAreInvisible() throws IOException {
        Place place = add();
        poller.play(left -> {}, 500);
        poller.play(left -> poller.found(place, Interest.READ), 1);
        assertEquals(1, poller.poll(LONG));
        assertEquals(500, poller.waits.size() - 1);
        assertTrue(poller.waits.getLast() < LONG, "it waits for what is left");
    }

    @Test
    void interruptionsAreNoMadness() throws IOException {
        Place place = add();
        poller.play(left -> Thread.currentThread().interrupt(), 5_000);
        poller.play(left -> poller.found(place, Interest.READ), 1);
        assertEquals(1, poller.poll(-1));
        assertEquals(List.of(Interest.READ), place.told);
        assertFalse(Thread.interrupted());
    }

    @Test
    void whatIsFoundInTwoPartsIsToldInOne() throws IOException {
        Place place = add();
        poller.play(
                left -> {
                    poller.found(place, Interest.NONE);
                    poller.found(place, Interest.READ);
                    poller.found(place, Interest.WRITE);
                },
                1);
        assertEquals(1, poller.poll(0));
        assertEquals(List.of(Interest.READ_WRITE), place.told);
    }

    @Test
    void whatAMechanismFoundBeforeItFailedIsForgotten() throws IOException {
        Place place = add();
        var cause = new IOException("broken");
        poller.play(
                left -> {
                    poller.found(place, Interest.READ);
                    throw cause;
                },
                1);
        assertSame(cause, assertThrows(IOException.class, () -> poller.poll(LONG)));
        assertEquals(0, poller.poll(0));
        assertEquals(List.of(), place.told);

        poller.play(left -> poller.found(place, Interest.WRITE), 1);
        assertEquals(1, poller.poll(LONG));
        assertEquals(List.of(Interest.WRITE), place.told);
    }

    @Test
    void hundredsAreToldInOneTurn() throws IOException {
        List<Place> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(add());
        }
        poller.play(left -> all.forEach(place -> poller.found(place, Interest.READ)), 1);
        assertEquals(300, poller.poll(0));
        assertTrue(all.stream().allMatch(place -> place.told.equals(List.of(Interest.READ))));
    }

    /** Where something else keeps the descriptor open, the mechanism would go on to find it. */
    @Test
    void aChannelClosedTooEarlyIsLetGoWhenItIsFound() throws IOException {
        Place place = add();
        place.channel().close();
        poller.play(left -> poller.found(place, Interest.READ), 1);
        assertEquals(0, poller.poll(0));
        assertEquals(1, place.releases);
        assertEquals(List.of(), place.told);
    }

    @Test
    void closingWhileAnotherThreadPollsIsRefused() throws IOException {
        var refused = new FutureTask<>(() -> assertThrows(IllegalStateException.class, poller::close));
        poller.play(
                left -> {
                    Thread.ofVirtual().start(refused);
                    assertDoesNotThrow(() -> refused.get());
                },
                1);
        assertEquals(0, poller.poll(0));
        assertEquals(0, poller.releases);
        poller.close();
        poller.close();
        assertEquals(1, poller.releases);
        assertThrows(IllegalStateException.class, () -> poller.poll(0));
    }

    private Place add() throws IOException {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        pipe.source().configureBlocking(false);
        return (Place) poller.add(new Recorder(pipe.source(), new ArrayList<>()), Interest.READ_WRITE);
    }

    private record Recorder(SelectableChannel channel, List<Interest> told) implements Source {
        @Override
        public void onReady(Interest ready) {
            told.add(ready);
        }
    }

    private static final class Place extends AbstractRegistration {
        private final List<Interest> told;
        private int releases;

        Place(Source source, Interest interest) {
            super(source, interest);
            this.told = ((Recorder) source).told();
        }

        @Override
        protected void change(Interest wanted) {}

        @Override
        protected void release() {
            releases++;
        }
    }

    /** Its waits end at once, with what a test has it find. */
    private static final class Played extends AbstractPoller {

        interface Wait {
            void end(long left) throws IOException;
        }

        private final Queue<Wait> play = new ArrayDeque<>();
        private final List<Long> waits = new ArrayList<>();
        private int releases;

        void play(Wait wait, int times) {
            for (int i = 0; i < times; i++) {
                play.add(wait);
            }
        }

        @Override
        protected AbstractRegistration register(Source source, Interest interest) {
            return new Place(source, interest);
        }

        @Override
        protected void await(long timeoutNanos) throws IOException {
            waits.add(timeoutNanos);
            Wait next = play.poll();
            if (next != null) {
                next.end(timeoutNanos);
            }
        }

        @Override
        protected void release() {
            releases++;
        }
    }
}
