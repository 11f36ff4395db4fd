package org.pollux.reactor.libevent;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

class LibeventPollerContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new LibeventBackend();
    }
}
