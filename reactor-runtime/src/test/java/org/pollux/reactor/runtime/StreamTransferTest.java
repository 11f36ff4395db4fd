package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.net.StreamOutput;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Parts of files on a stream: their order among writes, a peer that is slow, a file that changes, and all ends. */
class StreamTransferTest {

    private static final int LENGTH = 24 * Bytes.MB;

    private final byte[] content = Bytes.random(LENGTH);
    private final TestLoop test = new TestLoop();
    private final Recorder recorder = new Recorder();
    private final Path path;
    private final FileChannel file;

    StreamTransferTest(@TempDir Path folder) throws IOException {
        path = Files.write(folder.resolve("file"), content);
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        file.close();
    }

    private Connection connection() {
        return recorder.connection();
    }

    private void transferAll() {
        test.onLoop(() -> assertFalse(connection().transfer(file, 0, LENGTH)));
        assertTrue(connection().pending() > 0);
    }

    private byte[] part(int from, int count) {
        return Arrays.copyOfRange(content, from, from + count);
    }

    @Test
    void aSmallPartIsSentAtOnceBetweenWhatIsWritten() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            connection().write(Bytes.of("before "));
            assertTrue(connection().transfer(file, 1_000, 500));
            connection().write(Bytes.of(" behind"));
        });
        byte[] all = peer.receive(514);
        assertEquals("before ", new String(all, 0, 7, US_ASCII));
        assertArrayEquals(part(1_000, 500), Arrays.copyOfRange(all, 7, 507));
        assertEquals(0, connection().pending());
        test.settle();
        assertEquals(0, recorder.count("drained"));
    }

    @Test
    void whatACallbackWritesComesInItsOrder() {
        Peer peer = test.accept(new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(Bytes.of("a"));
                c.transfer(file, 0, LENGTH);
                c.write(Bytes.of("b"));
                c.transfer(file, 7, 3);
                c.write(ByteBuffer.wrap(part(0, 100_000)));
            }
        });
        byte[] all = peer.receive(LENGTH + 100_005);
        assertEquals('a', all[0]);
        assertArrayEquals(content, Arrays.copyOfRange(all, 1, 1 + LENGTH));
        assertEquals('b', all[1 + LENGTH]);
        assertArrayEquals(part(7, 3), Arrays.copyOfRange(all, LENGTH + 2, LENGTH + 5));
        assertArrayEquals(part(0, 100_000), Arrays.copyOfRange(all, LENGTH + 5, all.length));
    }

    @Test
    void theWriterIsToldWhenTheSystemHasAllOfIt() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> connection().watermarks(LENGTH / 2, LENGTH));
        transferAll();
        test.turnUntil("half is sent", () -> {
            peer.receiveSome();
            return connection().pending() < LENGTH / 2;
        });
        assertEquals(0, recorder.count("drained"), "the file is needed still");
        assertArrayEquals(content, peer.receive(LENGTH));
        test.settle();
        assertEquals(1, recorder.count("drained"));
        assertEquals(0, connection().pending());
    }

    @Test
    void aFileThatWaitsIsNoReasonToCutAWriterOff() {
        Peer peer = test.accept(recorder);
        transferAll();
        assertTrue(connection().pending() > StreamOutput.BOUND);
        test.onLoop(() -> connection().write(Bytes.of("end")));
        assertEquals(LENGTH + 3, peer.receive(LENGTH + 3).length);
    }

    @Test
    void aSwapInTheMiddleOfAFileIsNotSeen() throws IOException {
        Peer peer = test.accept(recorder);
        transferAll();
        while (peer.size() < LENGTH) {
            test.moveTo(new NioBackend());
            test.turn();
            peer.receiveSome();
        }
        assertArrayEquals(content, peer.receive(LENGTH));
    }

    @Test
    void whoClosesSendsItAllBefore() {
        Peer peer = test.accept(recorder);
        transferAll();
        connection().close();
        assertArrayEquals(content, peer.receive(LENGTH));
        peer.receivesEnd();
    }

    @Test
    void whoAbortsSendsNoMoreOfIt() {
        Peer peer = test.accept(recorder);
        transferAll();
        connection().abort();
        test.turnUntil("it is closed", recorder::isClosed);
        assertEquals(0, connection().pending());
        assertTrue(file.isOpen(), "it is its owner's");
        peer.receivesReset();
    }

    @Test
    void aFileThatBecomesShorterCutsTheConnection() throws IOException {
        Peer peer = test.accept(recorder);
        transferAll();
        file.truncate(LENGTH / 2);
        test.turnUntil("it is closed", () -> {
            peer.receiveSome();
            return recorder.isClosed();
        });
        assertEquals(
                "A file ends at " + LENGTH / 2 + ", before the last " + LENGTH / 2
                        + " bytes that were to be sent of it:" + " it was changed meanwhile",
                recorder.causeMessage());
    }

    @Test
    void aFileThatIsTooShortFromTheBeginningDoesSoToo() {
        test.accept(recorder);
        test.onLoop(() -> assertFalse(connection().transfer(file, LENGTH, 1)));
        test.turnUntil("it is closed", recorder::isClosed);
    }

    @Test
    void aFileThatIsClosedTooEarlyEndsTheConnection() throws IOException {
        Peer peer = test.accept(recorder);
        transferAll();
        file.close();
        test.turnUntil("it is closed", () -> {
            peer.receiveSome();
            return recorder.isClosed();
        });
    }

    @Test
    void aPeerThatGoesAwayEndsIt() {
        Peer peer = test.accept(recorder);
        transferAll();
        peer.reset();
        test.turnUntil("it is closed", recorder::isClosed);
        test.onLoop(() -> assertFalse(connection().transfer(file, 0, 1)));
        assertEquals(0, recorder.count("drained"));
    }

    @Test
    void nothingOfAFileIsSentAtOnce() {
        test.accept(recorder);
        test.onLoop(() -> assertTrue(connection().transfer(file, LENGTH, 0)));
        assertEquals(0, connection().pending());
    }

    @Test
    void whatCannotBeIsRefused() {
        test.accept(recorder);
        test.onLoop(() -> {
            CompletableFuture<Void> elsewhere =
                    CompletableFuture.runAsync(() -> connection().transfer(file, 0, 1));
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(CompletionException.class, elsewhere::join).getCause());
            assertThrows(IllegalArgumentException.class, () -> connection().transfer(file, -1, 1));
            assertThrows(IllegalArgumentException.class, () -> connection().transfer(file, 0, -1));
        });
        assertTrue(connection().isOpen());
    }
}
