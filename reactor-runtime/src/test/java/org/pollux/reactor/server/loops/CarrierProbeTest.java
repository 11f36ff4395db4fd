package org.pollux.reactor.server.loops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.testkit.Await;

@Timeout(60)
class CarrierProbeTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private volatile boolean spin = true;

    private void spin() {
        while (spin) {
            Thread.onSpinWait();
        }
    }

    /** As the runtime finds the bundle of a stack. */
    private static Optional<String> owner(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> frame.getClassName().equals(CarrierProbeTest.class.getName()))
                .map(_ -> "the test")
                .findFirst();
    }

    @Test
    void itSeesThatVirtualThreadsDoNotRunAndThatTheyDoAgain() throws InterruptedException {
        CarrierProbe probe = new CarrierProbe(CarrierProbeTest::owner);
        int carriers = Math.max(1, Runtime.getRuntime().availableProcessors());
        try (CapturedLog log = new CapturedLog()) {
            Thread[] spinning = new Thread[carriers];
            for (int i = 0; i < carriers; i++) {
                spinning[i] = Thread.ofVirtual().name("spinner").start(this::spin);
            }
            try {
                probe.look(10 * SECOND, SECOND);
                probe.look(11 * SECOND, SECOND);
                assertTrue(probe.fault(12 * SECOND).orElse("no fault").contains("have not run for 2.0 s"));
                String named = "the test, the virtual thread 'spinner' in ";
                Await.until("it is told who does not wait", () -> log.said(named));
                assertTrue(probe.fault(12 * SECOND).orElse("no fault").contains(named));
            } finally {
                spin = false;
            }
            for (Thread thread : spinning) {
                Await.end(thread);
            }
            Await.until("they run again", () -> {
                probe.look(13 * SECOND, SECOND);
                return probe.fault(13 * SECOND).isEmpty();
            });
        }
    }
}
