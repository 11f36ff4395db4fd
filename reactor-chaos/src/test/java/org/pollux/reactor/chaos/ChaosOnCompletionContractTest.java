package org.pollux.reactor.chaos;

import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;
import org.pollux.reactor.tck.completion.CompletionBackend;

/** Around a backend that receives ahead, sends later and hands over by itself. */
class ChaosOnCompletionContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new ChaosBackend(new CompletionBackend(new LibeventBackend()), new ChaosSettings(2, 100));
    }
}
