package org.pollux.reactor.server.loops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.testkit.Await;

@Timeout(60)
class CarrierProbeTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private volatile boolean spin = true;

    @Test
    void itSeesThatVirtualThreadsDoNotRunAndThatTheyDoAgain() throws InterruptedException {
        CarrierProbe probe = new CarrierProbe();
        int carriers = Math.max(1, Runtime.getRuntime().availableProcessors());
        try (CapturedLog log = new CapturedLog()) {
            Thread[] spinning = new Thread[carriers];
            for (int i = 0; i < carriers; i++) {
                spinning[i] = Thread.startVirtualThread(() -> {
                    while (spin) {
                        Thread.onSpinWait();
                    }
                });
            }
            try {
                probe.look(10 * SECOND, SECOND);
                probe.look(11 * SECOND, SECOND);
                assertTrue(probe.fault(12 * SECOND).orElse("no fault").contains("have not run for 2.0 s"));
                log.says("Thread.dump_to_file");
            } finally {
                spin = false;
            }
            for (Thread thread : spinning) {
                thread.join();
            }
            Await.until("they run again", () -> {
                probe.look(13 * SECOND, SECOND);
                return probe.fault(13 * SECOND).isEmpty();
            });
        }
    }
}
