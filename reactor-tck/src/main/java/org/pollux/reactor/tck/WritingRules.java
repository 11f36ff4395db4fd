package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;

/** P20 writing. */
interface WritingRules extends Rules {

    @ParameterizedTest
    @EnumSource
    default void p20_takesTheRangeInOrderAndTouchesNothingElse(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        ByteBuffer[] data = {
            ByteBuffer.wrap(Line.pattern(100, 5)),
            ByteBuffer.wrap(Line.pattern(0, 8), 0, 4), // up to its limit
            ByteBuffer.allocate(0),
            ByteBuffer.allocateDirect(10).put(Line.pattern(1, 6)).flip().position(3), // from its position
            ByteBuffer.wrap(Line.pattern(7, 9)).asReadOnlyBuffer(),
            ByteBuffer.wrap(Line.pattern(14, 12)).slice(2, 4),
            ByteBuffer.wrap(Line.pattern(100, 5)),
        };
        Bench.write(writer(line), data, 1, 5);
        assertEquals(0, data[0].position());
        assertEquals(0, data[6].position());
        for (int i = 1; i <= 5; i++) {
            assertEquals(data[i].limit(), data[i].position(), "position of buffer " + i);
        }
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, 20), line.receiveWaiting(20));
    }

    @ParameterizedTest
    @EnumSource
    default void p20_anEmptyRangeWritesNothing(LineKind kind) throws IOException {
        Registration writer = writer(bench().line(kind));
        ByteBuffer[] data = {ByteBuffer.allocate(3), ByteBuffer.allocate(0)};
        assertEquals(0, writer.write(data, 0, 0));
        assertEquals(0, writer.write(data, 1, 1));
        assertEquals(0, data[0].position());
    }

    @ParameterizedTest
    @EnumSource
    default void p20_movesThePositionsByWhatTheSystemTook(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        int chunk = 100_003;
        ByteBuffer[] data = new ByteBuffer[100];
        for (int i = 0; i < data.length; i++) {
            data[i] = ByteBuffer.wrap(Line.pattern(i * chunk, chunk));
        }
        int sent = 0;
        for (long taken = 1; taken > 0 || writesAgain(); sent += (int) taken) {
            int first = sent / chunk;
            taken = writer.write(data, first, data.length - first);
            assertEquals(
                    sent + taken,
                    Arrays.stream(data).mapToLong(ByteBuffer::position).sum());
            assertPositionsAreInOrder(data);
        }
        int all = sent;
        assertTrue(
                all < data.length * chunk, "the system has taken all of " + all + " bytes: a larger trial is needed");
        byte[][] received = new byte[1][];
        bench().pollUntilReceived(Bench.meanwhile(() -> received[0] = line.receiveWaiting(all)));
        assertArrayEquals(Line.pattern(0, all), received[0]);
    }

    /** Whether the writer is reported writable within a moment. */
    private boolean writesAgain() throws IOException {
        return bench().poller().poll(Duration.ofMillis(20).toNanos()) > 0;
    }

    /** Full buffers, then at most one in the middle, then untouched ones. */
    private static void assertPositionsAreInOrder(ByteBuffer[] data) {
        int touched = 0;
        while (touched < data.length && !data[touched].hasRemaining()) {
            touched++;
        }
        for (int i = touched + 1; i < data.length; i++) {
            assertEquals(0, data[i].position(), "position of buffer " + i);
        }
    }

    /** A system takes 1,024 buffers or fewer in one call. */
    @ParameterizedTest
    @EnumSource
    default void p20_takesMoreBuffersThanTheSystemDoes(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        ByteBuffer[] data = new ByteBuffer[5_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = ByteBuffer.wrap(Line.pattern(i, 1));
        }
        Bench.write(writer, data, 0, data.length);
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, data.length), line.receiveWaiting(data.length));
    }

    @ParameterizedTest
    @EnumSource
    default void p20_aLongStreamIsSentInOrderAsTheReaderMakesRoom(LineKind kind) throws IOException {
        int length = 1 << 20;
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.writer(), Interest.WRITE);
        ByteBuffer[] data = {ByteBuffer.wrap(Line.pattern(0, length))};
        probe.whenTold(() -> probe.registration().write(data, 0, 1));
        byte[][] received = new byte[1][];
        var receiving = Bench.meanwhile(() -> received[0] = line.receiveWaiting(length));
        bench().pollUntilReceived(receiving);
        assertArrayEquals(Line.pattern(0, length), received[0]);
    }

    @ParameterizedTest
    @EnumSource
    default void p20_aWriteToAReaderThatIsGoneThrows(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        line.reader().close();
        assertThrows(IOException.class, () -> {
            ByteBuffer[] data = {ByteBuffer.allocateDirect(1)};
            while (true) {
                writer.write(data, 0, 1);
                data[0].clear();
                bench().poller().poll(0);
            }
        });
    }

    private Registration writer(Line line) throws IOException {
        return bench().watch(line.writer(), Interest.WRITE).registration();
    }

    @Test
    default void p20_aSocketReadsAndWritesThroughOneRegistration() throws IOException {
        Line line = bench().line(LineKind.TCP);
        line.send(Line.pattern(0, 3));
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().readyTogether(probe);
        ByteBuffer[] data = {ByteBuffer.allocate(10)};
        assertEquals(3, Bench.read(probe.registration(), data[0]));
        Bench.write(probe.registration(), data[0].flip());
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, 3), line.turnedAround().receiveWaiting(3));
    }
}
