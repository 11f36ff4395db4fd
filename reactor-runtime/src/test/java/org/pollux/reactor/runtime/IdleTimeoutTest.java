package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.IdleTimer;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** The idle timeout of a connection. */
class IdleTimeoutTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration ALMOST = SECOND.minus(NANO);

    private final TestLoop test;
    private final Recorder patient = new Recorder() {
        @Override
        protected void timedOut(Connection c) {}
    };
    private final Peer peer;

    IdleTimeoutTest() throws IOException {
        test = new TestLoop();
        peer = test.accept(patient);
        test.onLoop(() -> patient.connection().idleTimeout(SECOND));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void byDefaultItAbortsTheConnection() {
        Recorder recorder = new Recorder();
        Peer mute = test.accept(recorder);
        test.onLoop(() -> recorder.connection().idleTimeout(SECOND));
        test.pass(ALMOST);
        assertEquals(List.of("open"), recorder.log());
        test.pass(NANO);
        assertEquals(List.of("open", "timeout", "closed"), recorder.log());
        mute.receivesReset();
    }

    @Test
    void aConnectionThatIsKeptIsToldAgainAfterTheSameTime() {
        for (int i = 1; i <= 3; i++) {
            test.pass(ALMOST);
            assertEquals(i - 1, patient.count("timeout"));
            test.pass(NANO);
            assertEquals(i, patient.count("timeout"));
        }
    }

    @Test
    void case20_everyReadResetsIt() {
        for (int i = 0; i < 5; i++) {
            test.pass(ALMOST);
            peer.send("x");
            test.settle();
        }
        test.pass(ALMOST);
        assertEquals(0, patient.count("timeout"));
        test.pass(NANO);
        assertEquals(1, patient.count("timeout"));
    }

    @Test
    void case20_everyWriteThatTheSystemTakesResetsIt() {
        for (int i = 0; i < 5; i++) {
            test.pass(ALMOST);
            test.onLoop(() -> patient.connection().write(Bytes.of("x")));
        }
        test.pass(ALMOST);
        assertEquals(0, patient.count("timeout"));
        test.pass(NANO);
        assertEquals(1, patient.count("timeout"));
    }

    @Test
    void aWriteThatOnlyWaitsDoesNotResetIt() {
        test.onLoop(() -> Bytes.fill(patient.connection(), 100_000));
        test.pass(ALMOST);
        test.onLoop(() -> patient.connection().write(ByteBuffer.allocate(1)));
        test.pass(NANO);
        assertEquals(1, patient.count("timeout"));
    }

    /** Otherwise a response that comes after a long time could be cut before its client can take a byte. */
    @Test
    void aWriteThatBeginsToWaitResetsIt() throws IOException {
        assertResets(connection -> connection.write(Bytes.of("late")));
    }

    @Test
    void aPartOfAFileThatBeginsToWaitResetsIt(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "late");
        try (FileChannel file = FileChannel.open(path)) {
            assertResets(connection -> connection.transfer(file, 0, 4));
        }
    }

    private static void assertResets(Consumer<Connection> begin) throws IOException {
        ProbeBackend backend = new ProbeBackend();
        try (TestLoop full = new TestLoop(backend)) {
            Recorder recorder = new Recorder();
            Peer reading = full.accept(recorder);
            full.onLoop(() -> recorder.connection().idleTimeout(SECOND));
            backend.refusing = true;
            full.pass(ALMOST);
            full.onLoop(() -> begin.accept(recorder.connection()));
            full.pass(ALMOST);
            assertEquals(0, recorder.count("timeout"));
            backend.refusing = false;
            reading.receives("late");
        }
    }

    @Test
    void aWriteOfAnotherThreadThatIsOnItsWayResetsIt() {
        Handle _ = test.reactor().after(ALMOST, _ -> {
            Thread writer = Thread.ofPlatform().start(() -> patient.connection().write(Bytes.of("late")));
            join(writer);
        });
        test.pass(SECOND); // both are due in this turn, behind its tasks
        assertEquals(0, patient.count("timeout"));
        peer.receives("late");
        test.pass(ALMOST);
        assertEquals(0, patient.count("timeout"));
        test.pass(NANO);
        assertEquals(1, patient.count("timeout"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itCanBeChangedAndTakenAwayFromAnyThread() {
        patient.connection().idleTimeout(SECOND.multipliedBy(2));
        test.settle();
        test.pass(SECOND);
        assertEquals(0, patient.count("timeout"));
        test.pass(SECOND);
        assertEquals(1, patient.count("timeout"));
        patient.connection().idleTimeout(Duration.ZERO);
        test.settle();
        test.pass(Duration.ofDays(1));
        assertEquals(1, patient.count("timeout"));
        assertTrue(test.inside.timers().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> patient.connection().idleTimeout(SECOND.negated()));
    }

    @Test
    void itEndsWithTheConnection() {
        test.onLoop(() -> patient.connection().close());
        test.pass(ALMOST);
        test.pass(NANO);
        assertEquals(0, patient.count("timeout"));
        test.onLoop(() -> patient.connection().abort());
        test.pass(SECOND);
        assertEquals(List.of("open", "closed"), patient.log());
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void itMayBeChangedInsideItsOwnCallback() {
        Recorder changing = new Recorder() {
            @Override
            protected void timedOut(Connection c) {
                c.idleTimeout(SECOND.multipliedBy(3));
            }
        };
        test.accept(changing);
        test.onLoop(() -> changing.connection().idleTimeout(SECOND));
        test.pass(SECOND);
        test.pass(SECOND.multipliedBy(3).minus(NANO));
        assertEquals(1, changing.count("timeout"));
        test.pass(NANO);
        assertEquals(2, changing.count("timeout"));
    }

    /** A timer of a hundred thousand that are touched all the time: each is moved in the heap once in its time, not at every touch. */
    @Test
    void aHundredThousandTimeoutsThatAreTouchedAllTheTimeDoNotMoveInTheHeap() {
        int many = 100_000;
        int[] told = {0};
        List<IdleTimer> timers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            timers.add(new IdleTimer(new Untouched(test.inside), SECOND.toNanos(), () -> told[0]++));
        }
        int[] indexes = timers.stream().mapToInt(timer -> timer.index).toArray();
        long[] sequences = timers.stream().mapToLong(timer -> timer.sequence).toArray();
        for (int round = 0; round < 9; round++) {
            test.clock().advance(Duration.ofMillis(100));
            timers.forEach(IdleTimer::touch);
            test.turn();
        }
        for (int i = 0; i < many; i++) {
            assertEquals(indexes[i], timers.get(i).index);
            assertEquals(sequences[i], timers.get(i).sequence, "started again");
        }
        test.clock().advance(Duration.ofMillis(100));
        test.turn();
        assertEquals(0, told[0], "they expire too early, find that they were touched, and start again");
        test.clock().advance(Duration.ofMillis(900).minus(NANO));
        test.turn();
        assertEquals(0, told[0]);
        test.clock().advance(NANO);
        test.turn();
        assertEquals(many, told[0], "never early, and none is lost");
        timers.forEach(IdleTimer::cancel);
    }

    /** A source that nothing happens to but what the test does. */
    private static final class Untouched extends Watched {

        Untouched(Loop loop) {
            super(loop);
        }

        @Override
        public SelectableChannel channel() {
            throw new IllegalStateException("it is never watched");
        }

        @Override
        protected void ready(Interest ready) {}

        @Override
        protected void drop() {}
    }
}
