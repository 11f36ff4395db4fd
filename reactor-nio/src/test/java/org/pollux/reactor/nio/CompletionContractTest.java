package org.pollux.reactor.nio;

import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;
import org.pollux.reactor.tck.completion.CompletionBackend;

/** A backend that receives ahead and sends later, on top of this one, keeps the same contract. */
class CompletionContractTest extends PollerContract {

    @Override
    protected Backend backend() {
        return new CompletionBackend(new NioBackend());
    }
}
