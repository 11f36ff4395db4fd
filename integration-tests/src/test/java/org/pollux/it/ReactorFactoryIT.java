package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.RunResult;

/** Reactors of one's own, in a server. */
@InContainer
final class ReactorFactoryIT {

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("reactor-libevent")};
    }

    @Test
    void aReactorOfOnesOwnIsOnTheServersBackendAndMovesWithIt(BundleContext context) throws Exception {
        Pollux pollux = new Pollux(context);
        pollux.awaitBackend("libevent");
        ReactorFactory reactors = Services.await(context, ReactorFactory.class, Pollux.PATIENCE);
        List<String> log = new ArrayList<>();
        try (Reactor reactor = reactors.open()) {
            for (String backend : List.of("libevent", "nio", "libevent")) {
                pollux.swap(backend);
                reactor.after(Duration.ofMillis(1), _ -> log.add(reactor.backend()));
                assertEquals(RunResult.EMPTY, reactor.run());
            }
        }
        assertEquals(List.of("libevent", "nio", "libevent"), log);
    }
}
