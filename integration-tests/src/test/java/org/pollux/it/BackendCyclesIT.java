package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

/**
 * A backend's bundle that comes and goes under load leaves nothing behind. {@code -Dpollux.it.cycles=1000} makes it a
 * thousand times instead of {@value #CYCLES}.
 */
@InContainer
final class BackendCyclesIT {

    private static final int CYCLES = 30;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundle("reactor-libevent")};
    }

    @Test
    void noThreadNoDescriptorAndNoClassLoaderIsLeftBehind(BundleContext context) throws Exception {
        int cycles = Integer.getInteger("pollux.it.cycles", CYCLES);
        var pollux = new Pollux(context);
        Bundle libevent = pollux.bundle("reactor-libevent");
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (var callers = Callers.ofEcho(pollux.startEcho(), 8)) {
            cycle(pollux, libevent, callers, loaders);
            long threads = threads();
            long descriptors = descriptors();
            for (int i = 0; i < cycles; i++) {
                cycle(pollux, libevent, callers, loaders);
            }
            // a thread that a status asks with is there for a moment
            Pollux.eventually(() -> assertTrue(threads() <= threads, () -> threads + " threads before, now more"));
            // a call that is under way, and a connection whose end is not seen yet
            Pollux.eventually(() ->
                    assertTrue(descriptors() <= descriptors + 16, () -> descriptors + " descriptors before, now more"));
        }
        loaders.removeLast(); // the one that is in use
        Pollux.eventually(() -> {
            System.gc();
            loaders.removeIf(loader -> loader.refersTo(null));
            assertEquals(0, loaders.size(), "class loaders of updated bundles are left");
        });
    }

    /** Stopped, started, updated. */
    private static void cycle(Pollux pollux, Bundle libevent, Callers callers, List<WeakReference<ClassLoader>> loaders)
            throws Exception {
        libevent.stop();
        pollux.assertPolls("nio");
        callers.goOn();
        libevent.start();
        pollux.assertPolls("libevent");
        callers.goOn();
        pollux.update("reactor-libevent");
        pollux.awaitBackend("libevent");
        loaders.add(new WeakReference<>(libevent.adapt(BundleWiring.class).getClassLoader()));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pollux-"))
                .count();
    }

    private static long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
