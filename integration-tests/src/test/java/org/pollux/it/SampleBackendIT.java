package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.reactor.admin.BackendStatus;

/** The backend that a newcomer copies from. */
@InContainer
final class SampleBackendIT {

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server()};
    }

    @Test
    void itIsDroppedInAndPollsWhenAskedToAndAConnectionNoticesNothing(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        try (var client = new Client(pollux.startEcho())) {
            assertEquals("on nio", client.ask("on nio"));
            var sample = context.installBundle(Bundles.url("samples-backend"));
            sample.start();
            Pollux.eventually(() -> assertEquals(List.of("nio", "poll"), backends(pollux)));
            assertEquals("nio", pollux.status().backend(), "auto does not choose it");

            assertTrue(pollux.swap("poll").sources() > 1, "the listener and the connection have moved");
            assertEquals("poll", pollux.status().backend());
            assertServes(pollux, client, "on poll");
            pollux.swap("nio");
            assertServes(pollux, client, "back on nio");

            pollux.swap("poll");
            sample.uninstall();
            assertEquals("nio", pollux.status().backend());
            assertServes(pollux, client, "without the sample");
        }
    }

    private static List<String> backends(Pollux pollux) {
        return pollux.status().backends().stream().map(BackendStatus::name).toList();
    }

    /** An old connection and a new one. */
    private static void assertServes(Pollux pollux, Client old, String words) throws Exception {
        assertEquals(words, old.ask(words));
        try (var young = new Client(pollux.port("org.pollux.protocol-echo"))) {
            assertEquals(words, young.ask(words));
        }
    }
}
