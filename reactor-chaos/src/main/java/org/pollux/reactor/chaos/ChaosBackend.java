package org.pollux.reactor.chaos;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls with another backend, and injects everything that the contract of backends allows and nobody expects. For staging
 * servers and tests.
 *
 * <p>A fault that it finds is repeated with its seed. Each poller has faults of its own: they depend on the seed, on how many
 * pollers were opened before, and on the sequence of its polls. From any thread.
 */
public final class ChaosBackend implements Backend {

    /** The name in the configuration and in commands. */
    public static final String NAME = "chaos";

    private static final Logger LOG = LoggerFactory.getLogger(ChaosBackend.class);

    private final Backend wrapped;
    private final ChaosSettings settings;
    private final AtomicInteger opened = new AtomicInteger();

    public ChaosBackend(Backend wrapped, ChaosSettings settings) {
        this.wrapped = wrapped;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** With the seed, which repeats its faults. */
    @Override
    public String description() {
        return "for staging: injects faults (seed " + settings.seed() + ", intensity " + settings.intensity()
                + ") into " + wrapped.name() + ", " + wrapped.description();
    }

    @Override
    public Poller open() throws IOException {
        Poller poller = wrapped.open();
        int number = opened.getAndIncrement();
        if (number == 0) {
            LOG.warn(
                    "Faults are injected into {} with seed = {} and intensity = {}. This backend is for staging servers",
                    wrapped.name(),
                    settings.seed(),
                    settings.intensity());
        }
        return new ChaosPoller(poller, new Dice(settings, number));
    }

    @Override
    public String toString() {
        return NAME + "-" + wrapped.name() + " with seed " + settings.seed() + " and intensity " + settings.intensity();
    }
}
