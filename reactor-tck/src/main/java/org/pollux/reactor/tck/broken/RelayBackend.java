package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/** Opens the pollers of another backend, wrapped; a broken backend overrides the wrong method. */
class RelayBackend implements Backend {

    private final Backend sound;
    private final UnaryOperator<Poller> wrapper;

    RelayBackend(Backend sound) {
        this(sound, UnaryOperator.identity());
    }

    RelayBackend(Backend sound, UnaryOperator<Poller> wrapper) {
        this.sound = sound;
        this.wrapper = wrapper;
    }

    /** The working backend. */
    final Backend sound() {
        return sound;
    }

    @Override
    public final String name() {
        return sound.name();
    }

    @Override
    public final String description() {
        return sound.description();
    }

    @Override
    public Poller open() throws IOException {
        return wrapper.apply(sound.open());
    }
}
