package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Recorder;

/**
 * What a handler may rely on, for the real connection and for the hand-made one of the test kit alike: one list of rules, in
 * one file.
 */
abstract class ConnectionContract {

    /** A connection and its peer, which is in the test's hands. */
    interface Line extends AutoCloseable {

        Connection connection();

        void send(String text);

        void sendEnd();

        void reset();

        /** The peer does not read; it does until this is called. */
        void block();

        /** The peer reads all again. */
        void drain();

        /** All that the peer has got. */
        String received();

        /** Whether the peer has got a FIN. */
        boolean isEnded();

        /** Whether the peer has got a reset. */
        boolean isReset();

        /** Runs a task on the reactor's thread, in the next turn. */
        void post(Runnable task);

        /** Turns the reactor until the condition holds. */
        void until(String what, BooleanSupplier condition);

        /** Turns the reactor until nothing more happens. */
        void settle();

        /** Lets time pass. */
        void pass(Duration time);

        @Override
        void close();

        /** Does something on the reactor's thread, and throws what that throws. */
        default void onLoop(Runnable action) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            post(() -> {
                try {
                    action.run();
                    done.complete(null);
                } catch (Throwable failed) {
                    done.completeExceptionally(failed);
                }
            });
            done.join();
        }
    }

    @TempDir
    Path folder;

    private @Nullable Line opened;

    abstract Line open(ConnectionHandler handler);

    private Line line(ConnectionHandler handler) {
        Line line = open(handler);
        opened = line;
        line.until("it is open", line.connection()::isOpen);
        return line;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    // ---- reading

    @Test
    void itIsOpenedFirstAndHearsWhatIsSent() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.send("hello");
        line.until("it comes", () -> heard.text().equals("hello"));
        assertEquals(List.of("open", "data"), heard.log());
    }

    @Test
    void whatIsLeftIsPresentedAgainInFrontOfTheNext() {
        Recorder words = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (in.get(in.limit() - 1) == '.') {
                    take(in);
                }
            }
        };
        Line line = line(words);
        line.send("one");
        line.settle();
        assertEquals("", words.text());
        line.send(" two.");
        line.until("the whole comes", () -> words.text().equals("one two."));
    }

    @Test
    void whileReadingIsPausedNothingComesNotEvenTheEnd() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(line.connection()::pauseReading);
        assertTrue(line.connection().isReadingPaused());
        line.send("late");
        line.sendEnd();
        line.settle();
        assertEquals(List.of("open"), heard.log());
        line.onLoop(line.connection()::resumeReading);
        line.until("all comes", () -> heard.isClosed());
        assertEquals(List.of("open", "data", "inputClosed", "closed"), heard.log());
        assertEquals("late", heard.text());
    }

    @Test
    void whatIsLeftWhenReadingPausesIsPresentedWhenItGoesOnAndNotInsideACallback() {
        Recorder heard = new Recorder() {
            private boolean first = true;

            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (first) {
                    first = false;
                    c.pauseReading();
                    c.resumeReading();
                } else {
                    take(in);
                }
            }
        };
        Line line = line(heard);
        line.send("again");
        line.until("it comes again", () -> heard.text().equals("again"));
        assertEquals(List.of("open", "data"), heard.log());
    }

    @Test
    void aHandlerThatTakesNothingIsAbortedAt64KiB() {
        Recorder idle = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {}
        };
        Line line = line(idle);
        line.send("x".repeat(64 * 1024));
        line.until("it is over", idle::isClosed);
        assertInstanceOf(IllegalStateException.class, idle.cause().orElseThrow());
        assertTrue(idle.causeMessage().contains("65536 bytes unread"), idle.causeMessage());
        line.until("the peer sees it", line::isReset);
    }

    @Test
    void anotherHandlerHearsWhatTheFirstHasLeftAndAllThatFollows() {
        Recorder second = new Recorder();
        Line line = line((connection, in) -> {
            in.get();
            connection.handler(second);
        });
        line.send("first");
        line.until("the rest comes", () -> second.text().equals("irst"));
        line.sendEnd();
        line.until("it is over", second::isClosed);
        assertEquals(List.of("data", "inputClosed", "closed"), second.log());
    }

    @Test
    void whatIsKeptUnderAKeyIsFoundUntilItIsTakenAway() {
        Key<String> name = Key.named("name");
        Connection connection = line(new Recorder()).connection();
        assertNull(connection.attribute(name));
        assertEquals("Castor", connection.attribute(name, "Castor").attribute(name));
        assertNull(connection.attribute(Key.<String>named("name")));
        assertNull(connection.attribute(name, null).attribute(name));
    }

    // ---- writing

    @Test
    void whatIsWrittenComesInOrderAndTheBufferIsReadToItsLimit() {
        Line line = line(new Recorder());
        ByteBuffer data = ByteBuffer.wrap("one".getBytes(US_ASCII));
        line.onLoop(() -> {
            assertTrue(line.connection().write(data));
            assertFalse(data.hasRemaining());
            assertTrue(line.connection().write(Bytes.of(" two")));
        });
        line.until("it comes", () -> line.received().equals("one two"));
        assertEquals(0, line.connection().pending());
    }

    @Test
    void whatACallbackWritesIsPendingUntilItsEnd() {
        AtomicLong pending = new AtomicLong();
        Line line = line((connection, in) -> {
            long before = connection.pending(); // of the callback before, if the bytes came in several
            assertTrue(connection.write(in));
            pending.addAndGet(connection.pending() - before);
        });
        line.send("hello");
        line.until("it comes", () -> line.received().equals("hello"));
        assertEquals(5, pending.get());
        assertEquals(0, line.connection().pending());
    }

    @Test
    void aboveTheHighMarkWriteIsFalseAndOnDrainedFollowsOnce() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        Connection connection = line.connection().watermarks(10, 20);
        line.block();
        AtomicInteger written = new AtomicInteger();
        while (connection.pending() <= 20) { // the system may take more of what waits than it took at first
            line.onLoop(() -> written.addAndGet(writeUntilFalse(connection)));
            line.settle();
        }
        line.onLoop(() -> {
            assertFalse(connection.write(ByteBuffer.allocate(1)));
            assertFalse(connection.write(ByteBuffer.allocate(1)));
        });
        heard.log().clear();
        line.drain();
        line.until("it is drained", () -> heard.count("drained") > 0);
        line.settle();
        assertEquals(List.of("drained"), heard.log());
        line.until("all comes", () -> line.received().length() == written.get() + 2);
        line.onLoop(() -> assertTrue(connection.write(ByteBuffer.allocate(1))));
    }

    /** How much was written. */
    private static int writeUntilFalse(Connection connection) {
        int step = 4096;
        int total = step;
        while (connection.write(ByteBuffer.allocate(step))) {
            total += step;
        }
        return total;
    }

    @Test
    void aWriterThatDoesNotListenIsAborted() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.block();
        for (int i = 0; i < 64 && line.connection().isOpen(); i++) {
            line.onLoop(() -> line.connection().write(ByteBuffer.allocate(1024 * 1024)));
        }
        line.until("it is over", heard::isClosed);
        assertTrue(heard.causeMessage().contains("more than the limit of 16777216"), heard.causeMessage());
        assertTrue(line.connection().unsent() > 16 * 1024 * 1024);
    }

    @Test
    void oneCallbackWritesEightMebibytesThoughTheyAreTaken() {
        AtomicReference<Integer> written = new AtomicReference<>(0);
        Recorder heard = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in);
                if (written.get() > 0) {
                    return; // the second piece of "go"
                }
                int mebibytes = 0;
                while (mebibytes < 20 && c.write(ByteBuffer.allocate(1024 * 1024))) {
                    mebibytes++;
                }
                written.set(mebibytes);
            }
        };
        Line line = line(heard);
        line.connection().watermarks(16 * 1024, 64 * 1024 * 1024);
        line.send("go");
        line.until("it was written", () -> written.get() > 0);
        assertEquals(8, written.get());
        line.drain();
        line.until("it may go on", () -> heard.count("drained") == 1);
    }

    @Test
    void aTurnThatWritesOnAlthoughItMustStopIsStopped() {
        Line line = line((c, in) -> {}); // a recorder would note every drain
        line.onLoop(() -> assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i < 2_000_000; i++) { // an empty write counts as 64 bytes
                boolean _ = line.connection().write(ByteBuffer.allocate(0));
            }
        }));
    }

    @Test
    void markedLevelsMustBeInOrder() {
        Connection connection = line(new Recorder()).connection();
        assertThrows(IllegalArgumentException.class, () -> connection.watermarks(-1, 10));
        assertThrows(IllegalArgumentException.class, () -> connection.watermarks(10, 10));
    }

    @Test
    void anotherThreadWritesInItsOrder() throws InterruptedException {
        Line line = line(new Recorder());
        Thread writer = Thread.ofPlatform().start(() -> {
            line.connection().write(Bytes.of("one "));
            line.connection().write(Bytes.of("two"));
            line.connection().close();
        });
        writer.join();
        line.until("it comes", () -> line.received().equals("one two") && line.isEnded());
    }

    // ---- files

    @Test
    void aPartOfAFileComesBehindWhatWasWritten() throws IOException {
        Line line = line(new Recorder());
        Path path = Files.writeString(folder.resolve("file"), "0123456789");
        try (FileChannel file = FileChannel.open(path)) {
            line.onLoop(() -> {
                Connection connection = line.connection();
                connection.write(Bytes.of("digits: "));
                connection.transfer(file, 2, 5);
                assertThrows(IllegalArgumentException.class, () -> connection.transfer(file, -1, 5));
                assertThrows(IllegalArgumentException.class, () -> connection.transfer(file, 1, -5));
            });
            line.until("it comes", () -> line.received().equals("digits: 23456"));
        }
    }

    @Test
    void aFileThatEndsTooEarlyAbortsTheConnection() throws IOException {
        Recorder heard = new Recorder();
        Line line = line(heard);
        Path path = Files.writeString(folder.resolve("file"), "0123456789");
        try (FileChannel file = FileChannel.open(path)) {
            line.onLoop(() -> assertFalse(line.connection().transfer(file, 2, 100)));
            line.until("it is over", heard::isClosed);
        }
        assertTrue(heard.causeMessage().startsWith("A file ends at 10"), heard.causeMessage());
        line.until("the peer sees it", line::isReset);
    }

    // ---- ends

    @Test
    void thePeersEndClosesTheConnectionUnlessItsHandlerGoesOn() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.sendEnd();
        line.until("it is over", heard::isClosed);
        assertEquals(List.of("open", "inputClosed", "closed"), heard.log());
        assertTrue(heard.cause().isEmpty());
        assertTrue(line.isEnded());
    }

    @Test
    void closeSendsWhatWaitsAndThenWaitsForThePeersEnd() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(() -> {
            line.connection().write(Bytes.of("bye"));
            line.connection().close();
            assertFalse(line.connection().isOpen());
        });
        line.send("too late");
        line.until("the end comes", () -> line.received().equals("bye") && line.isEnded());
        line.settle();
        assertEquals(List.of("open"), heard.log());
        line.sendEnd();
        line.until("it is over", heard::isClosed);
        assertEquals(List.of("open", "closed"), heard.log());
    }

    @Test
    void closeDoesNotWaitForEver() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(line.connection()::close);
        line.pass(Duration.ofMillis(1999));
        assertFalse(heard.isClosed());
        line.pass(Duration.ofMillis(1));
        line.until("it is over", heard::isClosed);
        assertTrue(heard.cause().isEmpty());
    }

    @Test
    void withoutLingerItIsOverWhenAllIsSent() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(() -> {
            line.connection().write(Bytes.of("bye"));
            line.connection().closeWithoutLinger();
        });
        line.until("it is over", heard::isClosed);
        line.until("all comes", () -> line.received().equals("bye") && line.isEnded());
    }

    @Test
    void afterCloseOutputReadingGoesOn() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(() -> {
            line.connection().write(Bytes.of("bye"));
            line.connection().closeOutput();
            assertFalse(line.connection().write(Bytes.of("more")));
        });
        assertTrue(line.connection().isOpen());
        line.until("the end comes", () -> line.received().equals("bye") && line.isEnded());
        line.send("still");
        line.until("it is heard", () -> heard.text().equals("still"));
        line.sendEnd();
        line.until("it is over", heard::isClosed);
    }

    @Test
    void abortDropsWhatWaitsAndThePeerSeesAReset() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.onLoop(() -> {
            line.connection().abort();
            line.connection().abort();
            assertFalse(line.connection().isOpen());
        });
        line.until("it is over", heard::isClosed);
        line.settle();
        assertEquals(List.of("open", "closed"), heard.log());
        assertTrue(heard.cause().isEmpty());
        line.until("the peer sees it", line::isReset);
    }

    @Test
    void theEndIsToldBehindTheCallbackThatBroughtIt() {
        AtomicBoolean inside = new AtomicBoolean();
        Recorder heard = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in);
                c.abort();
                inside.set(isClosed());
            }
        };
        Line line = line(heard);
        line.send("x");
        line.until("it is over", heard::isClosed);
        assertFalse(inside.get());
        assertEquals(List.of("open", "data", "closed"), heard.log());
    }

    @Test
    void aResetIsTheCause() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.reset();
        line.until("it is over", heard::isClosed);
        assertEquals(List.of("open", "closed"), heard.log());
        assertInstanceOf(IOException.class, heard.cause().orElseThrow());
    }

    @Test
    void whatAHandlerThrowsAbortsTheConnectionAndIsTheCause() {
        RuntimeException fault = new IllegalStateException("on purpose");
        Recorder heard = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                throw fault;
            }
        };
        Line line = line(heard);
        line.send("x");
        line.until("it is over", heard::isClosed);
        assertSame(fault, heard.cause().orElseThrow());
        line.until("the peer sees it", line::isReset);
    }

    @Test
    void onceItIsOverNothingHasAnEffect() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        Connection connection = line.connection();
        connection.abort();
        line.until("it is over", heard::isClosed);
        ByteBuffer data = Bytes.of("x");
        assertFalse(connection.write(data));
        assertFalse(data.hasRemaining());
        connection.pauseReading();
        connection.resumeReading();
        connection.closeOutput();
        connection.close();
        connection.closeWithoutLinger();
        connection.idleTimeout(Duration.ofSeconds(1));
        line.pass(Duration.ofSeconds(5));
        assertEquals(List.of("open", "closed"), heard.log());
    }

    // ---- time

    @Test
    void aQuietConnectionTimesOutAgainAndAgain() {
        Recorder patient = new Recorder() {
            @Override
            protected void timedOut(Connection c) {}
        };
        Line line = line(patient);
        line.connection().idleTimeout(Duration.ofSeconds(10));
        line.settle();
        line.pass(Duration.ofSeconds(9));
        line.send("x");
        line.until("it comes", () -> patient.text().equals("x"));
        line.pass(Duration.ofSeconds(9));
        assertEquals(0, patient.count("timeout"));
        line.pass(Duration.ofSeconds(1));
        assertEquals(1, patient.count("timeout"));
        line.pass(Duration.ofSeconds(10));
        assertEquals(2, patient.count("timeout"));
        assertTrue(line.connection().isOpen());
    }

    @Test
    void unlessItsHandlerSaysOtherwiseAQuietConnectionIsAborted() {
        Recorder heard = new Recorder();
        Line line = line(heard);
        line.connection().idleTimeout(Duration.ofSeconds(10));
        line.settle();
        line.pass(Duration.ofSeconds(10));
        line.until("it is over", heard::isClosed);
        assertEquals(List.of("open", "timeout", "closed"), heard.log());
        assertNull(heard.cause().orElse(null));
    }
}
