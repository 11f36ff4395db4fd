package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.Interest;

/** P10 timeouts, P11 interruptions. */
interface WaitingRules extends Rules {

    @Test
    default void p10_zeroDoesNotWait() throws IOException {
        Line line = bench().line(LineKind.TCP);
        bench().watch(line.reader(), Interest.READ);
        var rescue = Bench.later(Duration.ofSeconds(5), line::sendOneByte);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            assertEquals(0, bench().poller().poll(0));
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        rescue.cancel(true);
        assertTrue(fastest < 1_000_000, "the fastest of a hundred polls took " + fastest + " ns");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 500_000, 999_999, 1_000_001, 1_500_000, 1_999_999, 20_000_000})
    default void p10_aTimeoutIsNeverShortened(long nanos) throws IOException {
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        for (int i = 0; i < 5; i++) {
            bench().assertIdle(Duration.ofNanos(nanos));
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                -1_000_000_000,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                1_000_000L << 31, // more milliseconds than an int holds
                1_000_000L << 32,
                1_000_000_000L << 31, // more seconds than an int holds
                1_000_000_000L << 32,
            })
    default void p10_aNegativeOrHugeTimeoutEndsWithReadinessOnly(long nanos) throws IOException {
        Line line = bench().line(LineKind.TCP);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        var sending = Bench.later(Duration.ofMillis(30), line::sendOneByte);
        assertEquals(1, bench().poller().poll(nanos));
        sending.join();
        assertEquals(1, probe.calls());
    }

    @Test
    default void p10_readinessEndsTheWait() throws IOException {
        Line line = bench().line(LineKind.TCP);
        bench().watch(line.reader(), Interest.READ);
        var sending = Bench.later(Duration.ofMillis(30), line::sendOneByte);
        long start = System.nanoTime();
        assertEquals(1, bench().poller().poll(Duration.ofSeconds(20).toNanos()));
        sending.join();
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos(), "it did not wait to the end");
    }

    @Test
    default void p10_aPollerWithoutSourcesWaitsToo() throws IOException {
        bench().assertIdle(Duration.ofMillis(10));
    }

    @Test
    default void p11_anInterruptedThreadWaitsAllTheSame() throws IOException {
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        for (int i = 0; i < 3; i++) {
            Thread.currentThread().interrupt();
            bench().assertIdle(Duration.ofMillis(10));
            assertFalse(Thread.interrupted(), "the interrupt status is cleared");
        }
    }

    @Test
    default void p11_anInterruptHidesNoReadinessAndClosesNoChannel() throws IOException {
        Probe probe = bench().readable();
        bench().readyTogether(probe);
        for (long timeout : new long[] {0, 20_000_000, -1}) {
            Thread.currentThread().interrupt();
            assertEquals(1, bench().poller().poll(timeout));
            assertFalse(Thread.interrupted(), "the interrupt status is cleared");
            assertTrue(probe.channel().isOpen());
        }
    }

    @Test
    default void p11_interruptsWhileItWaitsAreInvisible() throws IOException {
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        Thread poller = Thread.currentThread();
        var over = new CountDownLatch(1);
        var interrupting = Bench.meanwhile(() -> {
            while (!within(Duration.ofMillis(5), over)) {
                poller.interrupt();
            }
        });
        bench().assertIdle(Duration.ofMillis(100));
        over.countDown();
        interrupting.join();
        Thread.interrupted(); // clears an interruption that came after the poll
    }

    /**
     * One success among several trials is enough: on a busy machine a correct wait is sometimes too long, but a wait that
     * begins again is always too long.
     */
    @Test
    default void p11_aWaitThatIsInterruptedGoesOnWithTheTimeThatIsLeft() throws IOException {
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        Thread poller = Thread.currentThread();
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5 && fastest > 350_000_000; i++) {
            long start = System.nanoTime();
            var interrupting = Bench.later(Duration.ofMillis(150), poller::interrupt);
            bench().assertIdle(Duration.ofMillis(250));
            fastest = Math.min(fastest, System.nanoTime() - start);
            interrupting.join();
        }
        assertTrue(fastest < 400_000_000, "250 ms with an interrupt after 150 took " + fastest + " ns at best");
    }

    private static boolean within(Duration time, CountDownLatch latch) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The system calls of this thread end with EINTR. The JVM's handler for SIGPIPE does nothing, so the signal is harmless.
     * A signal to a thread's number is delivered to this thread first.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    default void p11_signalsAreInvisible() throws IOException {
        bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
        String signals = "for i in 1 2 3 4 5 6 7 8 9; do kill -s PIPE " + thread + " || exit 1; sleep 0.01; done";
        Process sender =
                new ProcessBuilder("/bin/sh", "-c", signals).inheritIO().start();
        bench().assertIdle(Duration.ofMillis(200));
        assertEquals(0, sender.onExit().join().exitValue(), "signals were sent");
    }

    @Test
    default void p11_theInterruptOfACallbackDoesNotSpoilTheNextPoll() throws IOException {
        Probe probe = bench().readable();
        var interrupted = new AtomicBoolean();
        probe.whenTold(() -> {
            probe.registration().remove();
            Thread.currentThread().interrupt();
            interrupted.set(true);
        });
        bench().pollUntil("the callback was called", interrupted::get);
        bench().assertIdle(Duration.ofMillis(10));
        assertFalse(Thread.interrupted(), "the interrupt status is cleared");
    }
}
