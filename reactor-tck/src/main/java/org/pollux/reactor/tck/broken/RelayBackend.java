package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/** Opens the pollers of another backend, wrapped. */
record RelayBackend(Backend sound, UnaryOperator<Poller> wrapper) implements Backend {

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public String description() {
        return sound.description();
    }

    @Override
    public Poller open() throws IOException {
        return wrapper.apply(sound.open());
    }
}
