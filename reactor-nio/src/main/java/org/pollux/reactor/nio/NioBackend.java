package org.pollux.reactor.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import org.osgi.service.component.annotations.Component;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/**
 * Polls with the JDK's {@link Selector}, which uses epoll, kqueue or another mechanism of the platform.
 *
 * <p>It has no state and may be used from any thread. A program without OSGi calls its constructor. As a service it has the
 * ranking 0, so a faster backend is preferred with any positive ranking.
 */
@Component(service = Backend.class)
public final class NioBackend implements Backend {

    @Override
    public String name() {
        return "nio";
    }

    /**
     * The class of the platform's selector and the Java version.
     *
     * @throws UncheckedIOException when the system gives no descriptor for a selector
     */
    @Override
    public String description() {
        try (Selector selector = Selector.open()) {
            return "Selector (" + selector.getClass().getSimpleName() + "), Java " + Runtime.version();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a Selector", e);
        }
    }

    @Override
    public Poller open() throws IOException {
        return new NioPoller(Selector.open());
    }
}
