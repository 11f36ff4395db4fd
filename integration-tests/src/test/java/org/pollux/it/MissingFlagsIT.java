package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.Container;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.tls.MissingEngine;

/** In a JVM without the flags that native backends need: they are missing and say what to pass, and NIO serves. */
@InContainer(Container.FORKED)
final class MissingFlagsIT {

    private static final String REMEDY = "pass --enable-native-access=ALL-UNNAMED to the JVM";

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), CoreOptions.vmOptions("--sun-misc-unsafe-memory-access=allow")};
    }

    @Test
    void libeventIsListedAsMissingWithTheFlagToPassForAsLongAsItsBundleIsThere(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        var bundle = context.installBundle(Bundles.url("reactor-libevent"));
        bundle.start();
        Pollux.eventually(() -> {
            BackendStatus last = pollux.status().backends().getLast();
            assertEquals("libevent", last.name());
            assertEquals(BackendStatus.State.MISSING, last.state());
            assertTrue(last.description().contains(REMEDY), last.description());
        });
        String refusal = assertThrows(IllegalArgumentException.class, () -> pollux.swap("libevent"))
                .getMessage();
        assertTrue(String.valueOf(refusal).contains(REMEDY), refusal);
        pollux.assertPolls("nio");
        bundle.uninstall();
        assertEquals("nio", pollux.status().backends().getLast().name());
    }

    @Test
    void theEngineOnOpensslIsMissingWithTheFlagToPass(BundleContext context) throws Exception {
        var bundle = context.installBundle(Bundles.url("reactor-tls-openssl"));
        bundle.start();
        MissingEngine missing = Services.await(context, MissingEngine.class, Pollux.PATIENCE);
        assertEquals("openssl", missing.name());
        assertTrue(missing.reason().contains(REMEDY), missing.reason());
        bundle.uninstall();
    }

    @Test
    void aComponentThatFailsSaysWhatToPass(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        var sample = context.installBundle(Bundles.url("samples-backend"));
        sample.start();
        var components = Services.await(context, ServiceComponentRuntime.class, Pollux.PATIENCE);
        var backend = components.getComponentDescriptionDTO(sample, "org.pollux.samples.backend.PollBackend");
        Pollux.eventually(() -> {
            var configurations = components.getComponentConfigurationDTOs(backend);
            var failure = configurations.iterator().next().failure;
            assertTrue(failure.contains(REMEDY), failure);
        });
        assertThrows(IllegalArgumentException.class, () -> pollux.swap("poll"));
        pollux.assertPolls("nio");
        sample.uninstall();
    }
}
