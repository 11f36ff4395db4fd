package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;

/** P19 reading. */
interface ReadingRules extends Rules {

    @ParameterizedTest
    @EnumSource
    default void p19_readsUpToTheRoomOfAHeapBuffer(LineKind kind) throws IOException {
        assertReadsUpToTheRoom(kind, ByteBuffer::allocate);
    }

    @ParameterizedTest
    @EnumSource
    default void p19_readsUpToTheRoomOfADirectBuffer(LineKind kind) throws IOException {
        assertReadsUpToTheRoom(kind, ByteBuffer::allocateDirect);
    }

    @ParameterizedTest
    @EnumSource
    default void p19_readsIntoASliceOfABuffer(LineKind kind) throws IOException {
        assertReadsUpToTheRoom(kind, length -> ByteBuffer.allocate(length + 9).slice(5, length));
        assertReadsUpToTheRoom(
                kind, length -> ByteBuffer.allocateDirect(length + 9).slice(5, length));
    }

    private void assertReadsUpToTheRoom(LineKind kind, IntFunction<ByteBuffer> buffers) throws IOException {
        Line line = bench().line(kind);
        Registration reader = readableWith(line, Line.pattern(0, 10));
        ByteBuffer target = buffers.apply(20);
        target.position(3).limit(7);
        assertEquals(4, Bench.read(reader, target));
        assertEquals(7, target.position());
        assertEquals(7, target.limit());
        target.limit(20);
        assertEquals(6, Bench.read(reader, target));
        assertEquals(13, target.position());

        byte[] expected = new byte[20];
        System.arraycopy(Line.pattern(0, 10), 0, expected, 3, 10);
        byte[] actual = new byte[20];
        target.clear().get(actual);
        assertArrayEquals(expected, actual, "the bytes are where they belong, and nothing else is touched");
    }

    @ParameterizedTest
    @EnumSource
    default void p19_returnsZeroWhenThereIsNothing(LineKind kind) throws IOException {
        Registration reader =
                bench().watch(bench().line(kind).reader(), Interest.READ).registration();
        ByteBuffer target = ByteBuffer.allocateDirect(10);
        assertEquals(0, reader.read(target));
        assertEquals(0, target.position());
    }

    /** A system's receive of no bytes returns 0, as it does at the end of the stream. */
    @ParameterizedTest
    @EnumSource
    default void p19_returnsZeroWhenThereIsNoRoom(LineKind kind) throws IOException {
        Registration reader = readableWith(bench().line(kind), new byte[3]);
        assertEquals(0, reader.read(ByteBuffer.allocate(0)));
        assertEquals(0, reader.read(ByteBuffer.allocateDirect(5).position(5)));
        assertEquals(3, Bench.read(reader, ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource
    default void p19_theEndComesAfterAllDataAndStays(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration reader = readableWith(line, new byte[10]);
        line.closeWriter();
        ByteBuffer target = ByteBuffer.allocateDirect(6);
        assertEquals(6, Bench.read(reader, target));
        assertEquals(4, Bench.read(reader, target.clear()));
        assertEquals(-1, reader.read(target.clear()));
        assertEquals(-1, reader.read(target.clear()));
        assertEquals(0, target.position());
    }

    @Test
    default void p19_aResetStreamThrows() throws IOException {
        Line line = bench().line(LineKind.TCP);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        line.reset();
        bench().readyTogether(probe);
        assertThrows(IOException.class, () -> probe.registration().read(ByteBuffer.allocateDirect(10)));
    }

    @ParameterizedTest
    @EnumSource
    default void p19_allOfALongStreamArrivesInOrder(LineKind kind) throws IOException {
        int length = 1 << 20;
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        ByteBuffer received = ByteBuffer.allocate(length + 1);
        ByteBuffer[] targets = {ByteBuffer.allocateDirect(4_093), ByteBuffer.allocate(7), ByteBuffer.allocate(60_001)};
        probe.whenTold(() -> {
            ByteBuffer target = targets[probe.calls() % targets.length];
            if (probe.registration().read(target) > 0) {
                received.put(target.flip());
            }
            target.clear();
        });
        var sending = Bench.meanwhile(() -> {
            line.sendWaiting(Line.pattern(0, length));
            line.closeWriter();
        });
        bench().pollUntil("all has arrived", () -> received.position() >= length);
        sending.join();
        bench().pollUntil("the end is told", () -> probe.calls() > 0);
        assertArrayEquals(Line.pattern(0, length), Arrays.copyOf(received.array(), received.position()));
    }

    private Registration readableWith(Line line, byte[] bytes) throws IOException {
        line.send(bytes);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().readyTogether(probe);
        return probe.registration();
    }
}
