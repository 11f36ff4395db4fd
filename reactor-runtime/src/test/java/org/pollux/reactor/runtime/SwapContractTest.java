package org.pollux.reactor.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.SwapContract;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;

/** The contract with the longest way to a backend: there, to none at all, and there again. */
class SwapContractTest extends SwapContract {

    @Override
    protected List<Backend> backends() {
        return List.of(TestedBackend.of(new NioBackend()));
    }

    @Override
    protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
        EventLoop loop = new EventLoop(first, nanoClock);
        return new SwappableReactor(loop, loop::turn, next -> moveByWayOfNone(loop, next));
    }

    private static int moveByWayOfNone(EventLoop loop, Backend next) throws IOException {
        int moved = loop.moveTo(next);
        loop.moveTo(NoBackend.INSTANCE);
        if (!loop.inLoop()) {
            loop.turn(Duration.ZERO);
        }
        loop.moveTo(next);
        return moved;
    }
}
