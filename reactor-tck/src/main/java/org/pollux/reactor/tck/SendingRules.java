package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;

/** P26 sending later, P27 the end of the output. */
interface SendingRules extends Rules {

    /** More bytes than a system and a poller keep for one stream. */
    int MOST = 64 << 20;

    private Probe writer(Line line) throws IOException {
        return bench().watch(line.writer(), Interest.WRITE);
    }

    /** Writes few enough bytes to be taken at once, and reuses the buffer. */
    private static void write(Registration writer, int from, int length) throws IOException {
        ByteBuffer[] data = {ByteBuffer.allocateDirect(length).put(0, Line.pattern(from, length))};
        Bench.write(writer, data, 0, 1);
        data[0].put(0, new byte[length]);
    }

    @Test
    default void p26_theNextPollSendsAllThatWasWrittenThoughTheBuffersAreUsedAgain() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Registration writer = writer(line).registration();
        for (int i = 0; i < 10; i++) {
            write(writer, 100 * i, 100);
        }
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, 1_000), line.receiveWaiting(1_000));
        assertFalse(writer.hasUnsent());
    }

    @Test
    default void p26_aPollSendsBeforeItWaits() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = bench().watch(line.writer(), Interest.READ);
        write(probe.registration(), 0, 10);
        byte[][] received = new byte[1][];
        var responding = Bench.meanwhile(() -> {
            received[0] = line.receiveWaiting(10);
            line.turnedAround().sendOneByte();
        });
        bench().readyTogether(probe);
        responding.join();
        assertArrayEquals(Line.pattern(0, 10), received[0]);
    }

    @Test
    default void p26_aRemovalSendsFirst() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Registration writer = writer(line).registration();
        write(writer, 0, 4_000);
        writer.remove();
        line.closeWriter();
        assertArrayEquals(Line.pattern(0, 4_000), line.receiveWaiting(4_000));
    }

    @Test
    default void p26_aFileGoesBehindWhatWasWritten(@TempDir Path folder) throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Registration writer = writer(line).registration();
        Path path = Files.write(folder.resolve("file"), Line.pattern(0, 200));
        try (FileChannel file = FileChannel.open(path)) {
            write(writer, 0, 100);
            Bench.transfer(writer, file, 100, 100);
            assertArrayEquals(Line.pattern(0, 200), line.receiveWaiting(200));
        }
    }

    @Test
    default void p26_aFileWaitsForWhatTheSystemHasNotTaken(@TempDir Path folder) throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = writer(line);
        int written = fill(probe.registration());
        Path path = Files.write(folder.resolve("file"), Line.pattern(written, 5_000));
        long[] sent = {0};
        byte[][] received = new byte[1][];
        try (FileChannel file = FileChannel.open(path)) {
            probe.whenTold(() -> sent[0] += probe.registration().transferFrom(file, sent[0], 5_000 - sent[0]));
            sent[0] += probe.registration().transferFrom(file, 0, 5_000);
            bench().pollUntilReceived(Bench.meanwhile(() -> received[0] = line.receiveWaiting(written + 5_000)));
        }
        assertArrayEquals(Line.pattern(0, written + 5_000), received[0]);
    }

    @Test
    default void p26_whatIsUnsentIsSentAsTheReaderMakesRoomAndThenWriteIsTold() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = writer(line);
        int written = fill(probe.registration());
        probe.whenTold(() -> assertFalse(probe.registration().hasUnsent(), "WRITE is told while bytes are unsent"));
        byte[][] received = new byte[1][];
        bench().pollUntilReceived(Bench.meanwhile(() -> received[0] = line.receiveWaiting(written)));
        assertArrayEquals(Line.pattern(0, written), received[0]);
        bench().pollUntil("all is sent", () -> !probe.registration().hasUnsent());
        bench().readyTogether(probe);
    }

    @Test
    default void p26_aFailureToSendIsThrownByTheNextReadOrWrite() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = writer(line);
        line.reader().close();
        probe.registration().write(new ByteBuffer[] {ByteBuffer.allocate(10)}, 0, 1);
        long start = System.nanoTime();
        assertThrows(IOException.class, () -> {
            while (System.nanoTime() - start < bench().patience().toNanos()) {
                bench().poller().poll(Duration.ofMillis(5).toNanos());
                probe.registration().write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
            }
        });
    }

    @Test
    default void p27_theEndComesBehindWhatWasWritten() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Registration writer = writer(line).registration();
        write(writer, 0, 1_000);
        writer.shutdownOutput();
        assertFalse(writer.hasUnsent(), "the system takes so little at once");
        assertArrayEquals(Line.pattern(0, 1_000), line.receiveWaiting(1_000));
        assertEnds(line);
        writer.shutdownOutput();
        assertThrows(IOException.class, () -> write(writer, 0, 1));
    }

    @Test
    default void p27_theEndWaitsForWhatTheSystemHasNotTaken() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = writer(line);
        int written = fill(probe.registration());
        boolean[] finished = {false};
        Probe.Action finish = () -> {
            if (!finished[0]) {
                probe.registration().shutdownOutput();
                finished[0] = !probe.registration().hasUnsent();
            }
        };
        finish.run();
        probe.whenTold(finish);
        byte[][] received = new byte[1][];
        bench().pollUntilReceived(Bench.meanwhile(() -> received[0] = line.receiveWaiting(written)));
        assertArrayEquals(Line.pattern(0, written), received[0]);
        bench().pollUntil("the end is sent", () -> finished[0]);
        assertEnds(line);
    }

    @Test
    default void p27_theOtherDirectionGoesOn() throws IOException {
        Line line = bench().line(LineKind.STREAM);
        Probe probe = bench().watch(line.writer(), Interest.READ);
        probe.registration().shutdownOutput();
        line.turnedAround().send(Line.pattern(0, 5));
        bench().readyTogether(probe);
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(5, Bench.read(probe.registration(), target));
        assertArrayEquals(Line.pattern(0, 5), Arrays.copyOf(target.array(), 5));
    }

    private static void assertEnds(Line line) throws IOException {
        line.reader().configureBlocking(true);
        assertEquals(-1, ((ReadableByteChannel) line.reader()).read(ByteBuffer.allocate(1)));
    }

    /** Writes the pattern until nothing more is taken, and returns the number of taken bytes. */
    private int fill(Registration writer) throws IOException {
        int written = 0;
        for (int idle = 0; idle < 3; ) {
            ByteBuffer[] data = {ByteBuffer.wrap(Line.pattern(written, 1 << 14))};
            int taken = (int) writer.write(data, 0, 1);
            written += taken;
            idle = taken == 0 ? idle + 1 : 0;
            assertTrue(written < MOST, "bytes are taken without end");
            bench().poller().poll(taken == 0 ? Duration.ofMillis(5).toNanos() : 0);
        }
        assertTrue(written > 0, "the system takes something");
        return written;
    }
}
