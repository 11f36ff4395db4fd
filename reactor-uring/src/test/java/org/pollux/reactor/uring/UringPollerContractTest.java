package org.pollux.reactor.uring;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

class UringPollerContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return Available.backend();
    }
}
