package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.reactor.admin.BackendStatus;

/** The backend that wraps another one, as the wrapped one comes and goes. */
@InContainer
final class ChaosIT {

    private static final int CALLERS = 4;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("reactor-libevent", "reactor-chaos", "protocol-echo")};
    }

    @Test
    void itPollsByNameOnlyAndFollowsTheBackendThatItWraps(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        Bundle libevent = pollux.bundle("reactor-libevent");
        Bundle nio = pollux.bundle("reactor-nio");
        pollux.configure("pollux.chaos", Map.of("seed", 4711L, "intensity", 10));
        pollux.awaitBackend("libevent"); // and not chaos
        try (var callers = Callers.ofEcho(pollux.startEcho(), CALLERS)) {
            callers.goOn();
            assertTrue(pollux.swap("chaos").sources() > CALLERS, "connections have moved");
            callers.goOn();
            assertStatus(pollux, "for staging: injects faults (seed 4711, intensity 10) into libevent, ");

            libevent.stop(); // returns when no loop is with libevent
            pollux.awaitBackend("chaos");
            assertStatus(pollux, "for staging: injects faults (seed 4711, intensity 10) into nio, ");
            callers.goOn();

            pollux.configure("pollux.chaos", Map.of("wraps", "libevent", "seed", 4711L, "intensity", 10));
            pollux.awaitBackend("nio");
            String remedy =
                    "it polls with the backend 'libevent', which is not there; start its bundle, or change wraps in"
                            + " conf/pollux.chaos.cfg";
            assertStatus(pollux, remedy);
            assertEquals(
                    "The backend 'chaos' cannot work: " + remedy,
                    assertThrows(IllegalArgumentException.class, () -> pollux.swap("chaos"))
                            .getMessage());
            callers.goOn();

            libevent.start();
            pollux.awaitBackend("chaos"); // which is still wanted
            callers.goOn();
            nio.stop();
            libevent.stop();
            pollux.awaitBackend("none");
            libevent.start();
            pollux.awaitBackend("chaos");
            callers.goOn();
            pollux.bundle("reactor-chaos").stop();
            pollux.awaitBackend("libevent");
            callers.goOn();
        }
    }

    private static void assertStatus(Pollux pollux, String description) {
        String actual = pollux.status().backends().stream()
                .filter(backend -> backend.name().equals("chaos"))
                .map(BackendStatus::description)
                .findFirst()
                .orElseThrow();
        assertTrue(actual.startsWith(description), actual);
    }
}
