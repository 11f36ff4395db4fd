package org.pollux.it;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.SwapContract;
import org.pollux.reactor.tck.seeds.SeededTests;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.samples.backend.PollBackend;

/** The swap between the ring with faults and every backend. It takes half a minute for each seed, so only {@code benchmarks/chaos} runs it. */
@Tag(SeededTests.ON_DEMAND)
class ChaosOnEveryBackend extends SeededTests {

    ChaosOnEveryBackend() {
        super(1, 1, Swaps.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }

    /** Run by this class only. */
    static class Swaps extends SwapContract {

        @Override
        protected List<Backend> backends() {
            return List.of(
                    TestedBackend.of(Rings.ring()),
                    new NioBackend(),
                    new LibeventBackend(),
                    new PollBackend(),
                    Rings.ring());
        }

        @Override
        protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
            EventLoop loop = new EventLoop(first, nanoClock);
            return new SwappableReactor(loop, loop::turn, loop::moveTo);
        }
    }
}
