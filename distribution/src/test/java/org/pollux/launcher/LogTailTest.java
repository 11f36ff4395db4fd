package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogTailTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path file;
    private LogTail tail;

    @BeforeEach
    void begin() {
        file = folder.resolve("pollux.log");
        tail = new LogTail(file, printed);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String last(int lines) throws IOException {
        printed.reset();
        assertEquals(Files.size(file), tail.last(lines));
        return printed();
    }

    @Test
    void theLastLinesAreFoundInAFileOfAnySize() throws IOException {
        Files.writeString(file, "");
        assertEquals("", last(3));
        Files.writeString(file, "a\nb\nc\n");
        assertEquals("c\n", last(1));
        assertEquals("b\nc\n", last(2));
        assertEquals("a\nb\nc\n", last(3));
        assertEquals("a\nb\nc\n", last(9));
        Files.writeString(file, "a\nb\nunfinished");
        assertEquals("b\nunfinished", last(2));
        String many = IntStream.range(0, 5000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Files.writeString(file, many);
        assertEquals("line 4998\nline 4999\n", last(2));
        assertEquals(many.substring(many.indexOf("line 1000\n")), last(4000), "over several pieces");
    }

    @Test
    void whatFollowsIsPrintedAlsoWhenTheFileIsRenamedBecauseItIsFull() throws Exception {
        Files.writeString(file, "a\n");
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread follower = Thread.ofPlatform().start(() -> {
            try {
                tail.follow(0);
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        await("a\n");
        Files.writeString(file, "b\n", StandardOpenOption.APPEND);
        await("a\nb\n");
        Files.writeString(file, "c\n", StandardOpenOption.APPEND);
        Files.move(file, folder.resolve("pollux.1.log"));
        Files.writeString(file, "d\n");
        await("a\nb\nc\nd\n");
        follower.interrupt();
        interrupted.await();
    }

    private void await(String text) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!printed().equals(text) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(text, printed());
    }
}
