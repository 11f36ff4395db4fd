package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;

/** P22 files. */
interface FileRules extends Rules {

    /** A file that contains the pattern, and is deleted when it is closed. */
    private static FileChannel file(int length) throws IOException {
        Path path = Files.createTempFile("pollux", ".pattern");
        Files.write(path, Line.pattern(0, length));
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private Registration writer(Line line) throws IOException {
        return bench().watch(line.writer(), Interest.WRITE).registration();
    }

    @ParameterizedTest
    @EnumSource
    default void p22_takesThePartBetweenWritesAndLeavesTheFilesPositionAlone(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        try (FileChannel file = file(2_000)) {
            file.position(77);
            Bench.write(writer, ByteBuffer.wrap(Line.pattern(0, 100)));
            Bench.transfer(writer, file, 100, 1_000);
            Bench.write(writer, ByteBuffer.wrap(Line.pattern(1_100, 50)));
            assertEquals(77, file.position());
        }
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, 1_150), line.receiveWaiting(1_150));
    }

    @ParameterizedTest
    @EnumSource
    default void p22_takesNothingBehindTheFilesEnd(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        try (FileChannel file = file(10)) {
            assertEquals(0, writer.transferFrom(file, 0, 0));
            assertEquals(0, writer.transferFrom(file, 10, 5));
            assertEquals(0, writer.transferFrom(file, 11, 5));
            Bench.transfer(writer, file, 6, 4);
            assertEquals(0, writer.transferFrom(file, 10, 100));
        }
        assertArrayEquals(Line.pattern(6, 4), line.receiveWaiting(4));
    }

    @ParameterizedTest
    @EnumSource
    default void p22_takesNoMoreThanTheSystem(LineKind kind) throws IOException {
        int length = 16 << 20;
        Line line = bench().line(kind);
        Registration writer = writer(line);
        int sent = 0;
        try (FileChannel file = file(length)) {
            for (long taken = 1; taken > 0; sent += (int) taken) {
                taken = writer.transferFrom(file, sent, length - sent);
            }
        }
        assertTrue(sent < length, "the system has taken all of the file: a larger trial is needed");
        assertArrayEquals(Line.pattern(0, sent), line.receiveWaiting(sent));
    }

    @ParameterizedTest
    @EnumSource
    default void p22_aFileIsSentInOrderAsTheReaderMakesRoom(LineKind kind) throws IOException {
        int length = 8 << 20;
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.writer(), Interest.WRITE);
        long[] sent = {0};
        byte[][] received = new byte[1][];
        try (FileChannel file = file(length)) {
            probe.whenTold(() -> sent[0] += probe.registration().transferFrom(file, sent[0], length - sent[0]));
            var receiving = Bench.meanwhile(() -> received[0] = line.receiveWaiting(length));
            bench().pollUntil("all is sent", () -> sent[0] == length);
            receiving.join();
        }
        assertArrayEquals(Line.pattern(0, length), received[0]);
    }

    @ParameterizedTest
    @EnumSource
    default void p22_toAReaderThatIsGoneThrows(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        line.reader().close();
        try (FileChannel file = file(10)) {
            assertThrows(IOException.class, () -> {
                while (true) {
                    writer.transferFrom(file, 0, 10);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p22_ofAChannelClosedTooEarlyThrows(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Registration writer = writer(line);
        line.writer().close();
        try (FileChannel file = file(10)) {
            assertThrows(ClosedChannelException.class, () -> writer.transferFrom(file, 0, 10));
        }
    }
}
