package org.pollux.it.stages;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.pollux.it.Rings;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.SwapContract;
import org.pollux.reactor.testkit.SwappableReactor;

/**
 * The whole contract of swaps, on connections with a stage that leaves bytes as they are but buffers them in both directions. Two
 * backends stand for all: one reports what is ready, and one receives ahead and sends later.
 */
class StagedSwapContractTest extends SwapContract {

    @Override
    protected List<Backend> backends() {
        return List.of(new NioBackend(), Rings.ring());
    }

    @Override
    protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
        EventLoop loop = new EventLoop(first, nanoClock);
        return new SwappableReactor(
                StagedReactor.of(loop, List.of(TurningStage.by(0, false, _ -> {}))), loop::turn, loop::moveTo);
    }
}
