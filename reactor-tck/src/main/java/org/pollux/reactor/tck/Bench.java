package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;

/** The equipment of one test: the backend, a poller, channels and probes, all closed when the test is over. */
final class Bench implements Closeable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Nanoseconds of CPU time that even a sleeping poller may need when its code runs for the first time. */
    private static final long UNNOTICED_WORK = 5_000_000;

    /** So many calls move a few thousand bytes even if each moves one. */
    private static final int MOST_PARTS = 20_000;

    private final Backend backend;
    private final Duration patience;
    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final Set<SelectableChannel> streams = new HashSet<>();
    private @Nullable Poller poller;

    Bench(Backend backend, Duration patience) {
        this.backend = backend;
        this.patience = patience;
    }

    /** The test's poller, opened by the first call. */
    Poller poller() throws IOException {
        if (poller == null) {
            poller = anotherPoller();
        }
        return poller;
    }

    Poller anotherPoller() throws IOException {
        return closing(backend.open());
    }

    /** Closes the resource at the end, before resources that were opened earlier. */
    <T extends Closeable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    Line line(LineKind kind) throws IOException {
        return closing(open(kind));
    }

    /** A line that the test closes itself. */
    Line open(LineKind kind) throws IOException {
        Line line = kind.open(patience);
        if (kind.isStream()) {
            streams.add(line.reader());
            streams.add(line.writer());
        }
        return line;
    }

    /** A source for a channel, not added yet. */
    Probe probe(SelectableChannel channel) {
        return new Probe(channel, streams.contains(channel));
    }

    /** A channel that can always be written to, and that takes a single descriptor. */
    DatagramChannel datagrams() throws IOException {
        DatagramChannel channel = closing(DatagramChannel.open());
        channel.configureBlocking(false);
        return channel;
    }

    /** Adds a channel to the test's poller. */
    Probe watch(SelectableChannel channel, Interest interest) throws IOException {
        return probe(channel).addTo(poller(), interest);
    }

    /** The watched end of a new stream on which a byte waits. */
    Probe readable(LineKind kind) throws IOException {
        Line line = line(kind);
        line.sendOneByte();
        return watch(line.reader(), Interest.READ);
    }

    Probe readable() throws IOException {
        return readable(LineKind.TCP);
    }

    /** Both ends of a new socket stream that can be read and written: a watched end on which a byte waits. */
    Probe readableAndWritable(LineKind kind) throws IOException {
        Probe probe = readable(kind);
        readyTogether(probe);
        probe.registration().interest(Interest.READ_WRITE);
        pollUntil(
                "both directions are ready",
                () -> probe.reports().stream().reduce(Interest.NONE, Interest::or) == Interest.READ_WRITE);
        probe.forget();
        return probe;
    }

    /** Polls until a single poll has called all of these probes, which stay ready; then clears their records. */
    void readyTogether(Probe... probes) throws IOException {
        pollUntil("all are told in one poll", () -> {
            boolean together = Arrays.stream(probes).allMatch(probe -> probe.calls() > 0);
            Arrays.stream(probes).forEach(Probe::forget);
            return together;
        });
    }

    /** One poll calls each of these ready probes exactly once. */
    void assertToldOnce(List<Probe> probes) throws IOException {
        probes.forEach(Probe::forget);
        assertEquals(probes.size(), poller().poll(0), "calls that the poll says it has made");
        probes.forEach(probe -> assertEquals(1, probe.calls(), "calls of " + probe));
    }

    /** One poll reports exactly this. */
    void assertTold(Probe probe, Interest ready) throws IOException {
        assertToldOnce(List.of(probe));
        assertEquals(List.of(ready), probe.reports());
    }

    /** Polls, and checks the condition after each poll. */
    void pollUntil(String what, BooleanSupplier condition) throws IOException {
        long start = System.nanoTime();
        while (!poll(Duration.ofMillis(50), condition)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                fail("not within " + patience.toMillis() + " ms: " + what);
            }
        }
    }

    /** The longest time that a test waits for an expected event. */
    Duration patience() {
        return patience;
    }

    private boolean poll(Duration timeout, BooleanSupplier condition) throws IOException {
        poller().poll(timeout.toNanos());
        return condition.getAsBoolean();
    }

    /**
     * The poller has nothing to report, and sleeps for all of this time, as far as so short a time shows it. A poller that
     * works once (classes are loaded, functions linked, code compiled) does not spin; a poller that spins works each time.
     */
    void assertIdle(Duration time) throws IOException {
        long work = idle(time);
        for (int again = 0; again < 2 && isNoticed(work, time); again++) {
            work = idle(time);
        }
        assertFalse(isNoticed(work, time), "it spins: in a wait of " + time + " it was at work for " + work + " ns");
    }

    /** The nanoseconds of CPU time that the poller used in a wait without an event. */
    private long idle(Duration time) throws IOException {
        long start = System.nanoTime();
        long before = THREADS.getCurrentThreadCpuTime();
        assertEquals(0, poller().poll(time.toNanos()), "nothing is ready, so nobody is told");
        long work = THREADS.getCurrentThreadCpuTime() - before;
        assertElapsed(start, time.toNanos());
        return work;
    }

    private static boolean isNoticed(long work, Duration time) {
        return work > time.toNanos() / 10 + UNNOTICED_WORK;
    }

    static void assertElapsed(long start, long atLeastNanos) {
        long elapsed = System.nanoTime() - start;
        assertTrue(elapsed >= atLeastNanos, "waited " + elapsed + " ns of " + atLeastNanos);
    }

    /** Writes buffers of which the system has room for all bytes; a write may take a part of them, or nothing (P20). */
    static void write(Registration writer, ByteBuffer[] data, int from, int count) throws IOException {
        long left = 0;
        for (int i = from; i < from + count; i++) {
            left += data[i].remaining();
        }
        for (int vain = 0; left > 0; vain++) {
            assertTrue(vain < MOST_PARTS, "of bytes for which there is room it does not take " + left);
            left -= writer.write(data, from, count);
        }
        assertEquals(0, left, "bytes that it says it has taken and has not");
    }

    static void write(Registration writer, ByteBuffer data) throws IOException {
        write(writer, new ByteBuffer[] {data}, 0, 1);
    }

    /** Sends a part of a file for which the system has room (P22). */
    static void transfer(Registration writer, FileChannel file, long position, int count) throws IOException {
        long taken = 0;
        for (int vain = 0; taken < count; vain++) {
            assertTrue(vain < MOST_PARTS, "of " + count + " bytes of a file it takes " + taken);
            taken += writer.transferFrom(file, position + taken, count - taken);
        }
        assertEquals(count, taken, "bytes that it says it has taken");
    }

    /**
     * Reads available bytes until the buffer is full; a read may move a part of them (P19).
     *
     * @return bytes read, fewer if the stream ends or has no more now
     */
    static int read(Registration reader, ByteBuffer target) throws IOException {
        int before = target.position();
        int count = 1;
        while (count > 0 && target.hasRemaining()) {
            count = reader.read(target);
        }
        return target.position() - before;
    }

    /** Writes until the system takes no more, and still takes nothing after a moment. */
    void fill(Registration writer) throws IOException {
        ByteBuffer[] data = {ByteBuffer.allocate(1 << 16)};
        do {
            while (writer.write(data, 0, 1) > 0) {
                data[0].clear();
            }
        } while (poller().poll(Duration.ofMillis(50).toNanos()) > 0);
    }

    /** Polls, so that the poller sends bytes that it may have left unsent (P26), until another thread has received them. */
    void pollUntilReceived(CompletableFuture<Void> receiving) throws IOException {
        pollUntil("all is received", receiving::isDone);
        receiving.join();
    }

    /** Runs an action on another thread, at once. */
    static CompletableFuture<Void> meanwhile(Probe.Action action) {
        return on(task -> Thread.ofPlatform().daemon().start(task), action);
    }

    /** Runs an action on another thread, after the poller has had time to fall asleep. */
    static CompletableFuture<Void> later(Duration delay, Probe.Action action) {
        return on(CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS), action);
    }

    private static CompletableFuture<Void> on(Executor executor, Probe.Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        action.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                executor);
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
