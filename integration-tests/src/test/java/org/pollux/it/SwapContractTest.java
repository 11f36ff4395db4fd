package org.pollux.it;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.SwapContract;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.samples.backend.PollBackend;

/** The swap of every backend for every other, and for itself. A new backend is added to the list. */
class SwapContractTest extends SwapContract {

    @Override
    protected List<Backend> backends() {
        return List.of(new NioBackend(), new LibeventBackend(), new PollBackend(), Rings.ring());
    }

    @Override
    protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
        EventLoop loop = new EventLoop(first, nanoClock);
        return new SwappableReactor(loop, loop::turn, loop::moveTo);
    }
}
