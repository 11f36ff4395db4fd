package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.InContainer;

@InContainer
final class RestartIT {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server()};
    }

    @Test
    void manyStopsAndStartsOfTheRuntimeLeaveNoThreadAndNoDescriptorBehind(BundleContext context) throws Exception {
        var before = new Pollux(context);
        before.configure("pollux.runtime", Map.of("drain", 0));
        before.startEcho();
        Bundle runtime = before.bundle("reactor-runtime");
        cycle(context, runtime);
        long threads = threads();
        long descriptors = descriptors();
        for (int i = 0; i < 20; i++) {
            cycle(context, runtime);
        }
        Pollux.eventually(() -> assertTrue(threads() <= threads, () -> threads + " threads before, now more"));
        assertTrue(descriptors() <= descriptors + 2, () -> "descriptors: " + descriptors + " before, now more");
    }

    /** But for the few who connect in the microseconds between the last accept and the close. */
    @Test
    void whoConnectsWhileTheRuntimeStopsIsServedOrRefused(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        pollux.configure("pollux.runtime", Map.of("drain", 60));
        pollux.startEcho();
        Bundle runtime = pollux.bundle("reactor-runtime");
        int clients = 16;
        for (int i = 0; i < 3; i++) {
            int port = new Pollux(context).port("org.pollux.protocol-echo");
            var reset = new AtomicInteger();
            try (var callers = new Callers(clients, all -> askUntilRefused(port, all, reset))) {
                callers.goOn();
                runtime.stop();
            }
            assertTrue(reset.get() < clients / 2, () -> reset + " of " + clients + " were reset");
            runtime.start();
        }
    }

    private static void askUntilRefused(int port, Callers callers, AtomicInteger reset) throws IOException {
        try {
            while (callers.another()) {
                try (var client = new Client(port)) {
                    assertEquals("hello", client.ask("hello"));
                }
            }
        } catch (ConnectException _) {
            // nobody listens any more
        } catch (SocketException _) {
            reset.incrementAndGet();
        }
    }

    private static void cycle(BundleContext context, Bundle runtime) throws Exception {
        runtime.stop();
        Pollux.eventually(() -> assertEquals(0, threads(), "threads of a stopped runtime"));
        runtime.start();
        try (var client = new Client(new Pollux(context).port("org.pollux.protocol-echo"))) {
            assertEquals("hello", client.ask("hello"));
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pollux-"))
                .count();
    }

    private static long descriptors() throws IOException {
        try (var all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }
}
