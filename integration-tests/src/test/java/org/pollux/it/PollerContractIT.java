package org.pollux.it;

import org.junit.jupiter.api.BeforeEach;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Platform;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.PollerContract;

/** The contract once more, of the service that libevent's bundle offers inside a framework. */
@InContainer
final class PollerContractIT extends PollerContract {

    private Backend backend;

    @Configuration
    static Option[] container() {
        return new Option[] {
            Platform.base(), Bundles.bundles("reactor-api", "reactor-testkit", "reactor-tck", "reactor-libevent")
        };
    }

    @BeforeEach
    void find(BundleContext context) throws Exception {
        backend = Services.await(context, Backend.class, Pollux.PATIENCE);
    }

    @Override
    protected Backend backend() {
        return backend;
    }
}
