package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.Server;

/** A bundle whose handler does not return: the others are served, and it can be stopped. */
@InContainer
final class HeldUpLoopIT {

    private static final String FAULTY = "org.pollux.samples-faulty";

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundle("protocol-http-api")};
    }

    @Test
    void itIsToldAndReplacedAndItsBundleStopsWhileOthersServe(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        var server = context.getService(context.getServiceReference(Server.class));
        pollux.configure("pollux.runtime", Map.of("drain", 0));
        pollux.configure("pollux.samples.faulty", Map.of("endpoint", "tcp://127.0.0.1:" + Pollux.freePort()));
        Bundle faulty = context.installBundle(Bundles.url("samples-faulty"));
        faulty.start();
        int echo = pollux.startEcho();
        int port = pollux.port(FAULTY);
        try (var sticking = new Client(port);
                var before = new Client(echo)) {
            assertEquals("before", before.ask("before"));
            sticking.send("stick 20\n"); // whatever is asked of its thread
            Pollux.eventually(() -> assertEquals(1, heldUp(pollux).size()));
            String who = heldUp(pollux).getFirst().heldUp().orElseThrow();
            assertTrue(who.contains("by " + FAULTY), who);
            serves(echo);

            long start = System.nanoTime();
            pollux.status();
            assertTakesAtMost(Duration.ofSeconds(10), start, "status");

            String number = heldUp(pollux).getFirst().name().substring("pollux-loop-".length());
            assertEquals(
                    LoopReplacement.Outcome.REPLACED, server.replaceLoop(number).outcome());
            assertEquals("after", before.ask("after"));
            assertTrue(heldUp(pollux).isEmpty());
            serves(echo);
            assertEquals("served again", new Client(port).ask("served again"));
        }
        try (var sleeping = new Client(port)) {
            sleeping.send("sleep 600\n");
            Pollux.eventually(() -> assertEquals(1, heldUp(pollux).size()));
            long start = System.nanoTime();
            faulty.stop();
            assertTakesAtMost(Duration.ofSeconds(30), start, "the stop of the guilty bundle");
            Pollux.eventually(() -> assertTrue(heldUp(pollux).isEmpty()));
            serves(echo);
        }
        // other tests of this JVM count its threads
        Pollux.eventually(() -> assertFalse(isAnyoneIn("stick"), "the former thread has not returned"));
        faulty.uninstall();
        pollux.bundle("protocol-echo").uninstall();
        pollux.forget("pollux.samples.faulty");
        pollux.forget("pollux.echo");
        pollux.forget("pollux.runtime");
    }

    private static boolean isAnyoneIn(String method) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    private static void serves(int echo) throws Exception {
        for (int i = 0; i < 4; i++) {
            try (var client = new Client(echo)) {
                assertEquals("hello", client.ask("hello"));
            }
        }
    }

    private static void assertTakesAtMost(Duration limit, long start, String what) {
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(limit) < 0, () -> what + " took " + took);
    }

    private static List<LoopStatus> heldUp(Pollux pollux) {
        return pollux.status().loops().stream()
                .filter(loop -> loop.heldUp().isPresent())
                .toList();
    }
}
