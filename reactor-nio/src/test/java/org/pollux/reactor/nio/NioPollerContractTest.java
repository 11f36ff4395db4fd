package org.pollux.reactor.nio;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

class NioPollerContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new NioBackend();
    }
}
