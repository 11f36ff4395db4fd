package org.pollux.samples.backend;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.base.JdkChannels;

/**
 * Polls with {@code poll(2)}, which every Unix has. Safe for use from any thread.
 *
 * <p>Its ranking is below the 0 of NIO, so it polls only when it is selected by name. It needs two JVM flags, {@code
 * --enable-native-access=ALL-UNNAMED} and {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}.
 */
@Component(service = Backend.class)
@ServiceRanking(-100)
public final class PollBackend implements Backend {

    /**
     * Checks that it can work here. If the constructor throws, the component fails with that message and registers no
     * service.
     *
     * @throws UnsupportedOperationException if it cannot work, with the flag to pass or the supported systems
     */
    public PollBackend() {
        requireKnown(System.getProperty("os.name"));
        JdkChannels.requireAccess();
    }

    static void requireKnown(String system) {
        if (!system.startsWith("Linux") && !system.startsWith("Mac")) {
            throw new UnsupportedOperationException(
                    "the constants of poll(2) are known here for Linux and macOS, not for " + system
                            + "; leave this backend out, reactor-nio does the same");
        }
    }

    @Override
    public String name() {
        return "poll";
    }

    @Override
    public String description() {
        return "poll(2) of " + System.getProperty("os.name");
    }

    @Override
    public Poller open() {
        return new PollPoller();
    }
}
