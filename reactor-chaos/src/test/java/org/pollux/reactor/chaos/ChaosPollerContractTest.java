package org.pollux.reactor.chaos;

import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

/** With every fault, it keeps the contract. */
class ChaosPollerContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new ChaosBackend(new NioBackend(), new ChaosSettings(1, 100));
    }
}
