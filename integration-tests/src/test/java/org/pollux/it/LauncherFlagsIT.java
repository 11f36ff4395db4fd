package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Container;
import org.pollux.it.paxexam.InContainer;

/** In a JVM with the flags that the launcher's manifest stands for. */
@InContainer(Container.FORKED)
final class LauncherFlagsIT {

    @Configuration
    static Option[] container() {
        return new Option[] {
            Pollux.server(),
            CoreOptions.vmOptions(
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow")
        };
    }

    @Test
    void theDescriptorBehindAChannelCanBeReached() throws Exception {
        var channels = Class.forName("sun.nio.ch.SelChImpl", false, null);
        assertTrue(channels.getModule().isExported("sun.nio.ch", LauncherFlagsIT.class.getModule()));
        assertTrue(LauncherFlagsIT.class.getModule().isNativeAccessEnabled());
    }

    @Test
    void theServerServes(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        try (var client = new Client(pollux.startEcho())) {
            assertEquals("hello", client.ask("hello"));
        }
    }
}
