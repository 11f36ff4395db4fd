package org.pollux.samples.backend;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

class PollPollerContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new PollBackend();
    }
}
