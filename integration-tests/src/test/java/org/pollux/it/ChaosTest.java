package org.pollux.it;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.SwapContract;
import org.pollux.reactor.tck.completion.CompletionBackend;
import org.pollux.reactor.tck.seeds.SeededTests;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;

/** The swap to and from the backend with faults: around one that hands over by itself, and with one that does not. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(21, 1, Swaps.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }

    /** Run by this test only. */
    static class Swaps extends SwapContract {

        @Override
        protected List<Backend> backends() {
            return List.of(TestedBackend.of(new CompletionBackend(new NioBackend())), new LibeventBackend());
        }

        @Override
        protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
            EventLoop loop = new EventLoop(first, nanoClock);
            return new SwappableReactor(loop, loop::turn, loop::moveTo);
        }
    }
}
