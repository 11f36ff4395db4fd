package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.reactor.spi.Backend;

/** Every path that leads to another backend, with clients that notice nothing. */
@InContainer
final class BackendsIT {

    private static final int CALLERS = 8;

    private BundleContext context;
    private Pollux pollux;
    private Bundle libevent;
    private Callers callers;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("reactor-libevent", "protocol-echo")};
    }

    @BeforeEach
    void serveEcho(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        libevent = pollux.bundle("reactor-libevent");
        pollux.awaitBackend("libevent");
        callers = Callers.ofEcho(pollux.startEcho(), CALLERS);
        callers.goOn();
    }

    @AfterEach
    void endCalls() throws Exception {
        callers.goOn();
        callers.close();
        pollux.bundle("protocol-echo").uninstall();
        want("nio");
        pollux.awaitBackend("nio"); // which shows that it was heard, before the next test begins
        want("auto");
        pollux.awaitBackend("libevent");
    }

    private void want(String backend) throws Exception {
        pollux.configure("pollux.runtime", Map.of("backend", backend));
    }

    @Test
    void configurationNamesTheOneThatPolls() throws Exception {
        for (String name : List.of("nio", "libevent", "nio", "auto")) {
            want(name);
            pollux.awaitBackend(name.equals("auto") ? "libevent" : name);
            callers.goOn();
        }
    }

    @Test
    void aSwapSaysHowManySourcesMoved() throws Exception {
        var report = pollux.swap("nio");
        pollux.assertPolls("nio");
        assertTrue(report.sources() > CALLERS, report.toString());
        callers.goOn();
        assertEquals("nio", pollux.swap("libevent").from());
        pollux.assertPolls("libevent");
    }

    @Test
    void aBundleThatIsStoppedIsLeftBeforeItStopsAndComesBackWhenItStarts() throws Exception {
        for (int i = 0; i < 5; i++) {
            libevent.stop();
            pollux.assertPolls("nio");
            callers.goOn();
            libevent.start();
            pollux.assertPolls("libevent");
            callers.goOn();
        }
    }

    @Test
    void aBundleThatIsUpdatedPollsAgainAfterwards() throws Exception {
        for (int i = 0; i < 3; i++) {
            pollux.update("reactor-libevent");
            pollux.awaitBackend("libevent");
            callers.goOn();
        }
    }

    @Test
    void aBundleThatIsRefreshedPollsAgainAfterwards() throws Exception {
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(libevent));
        Pollux.eventually(() -> assertEquals(Bundle.ACTIVE, libevent.getState()));
        pollux.awaitBackend("libevent");
    }

    @Test
    void aBundleThatIsUninstalledIsLeftAndReplacedByAnotherInstallation() throws Exception {
        libevent.uninstall();
        pollux.assertPolls("nio");
        callers.goOn();
        context.installBundle(Bundles.url("reactor-libevent")).start();
        pollux.assertPolls("libevent");
    }

    @Test
    void theOneThatIsConfiguredTakesOverWhenItComes() throws Exception {
        libevent.stop();
        want("libevent");
        pollux.awaitBackend("nio");
        callers.goOn();
        libevent.start();
        pollux.awaitBackend("libevent");
    }

    @Test
    void withNoneAtAllClientsWaitUntilOneComes() throws Exception {
        Bundle nio = pollux.bundle("reactor-nio");
        libevent.stop();
        nio.stop();
        pollux.assertPolls("none");
        try (var client = new Client(pollux.port("org.pollux.protocol-echo"))) {
            client.send("is anybody there?\n");
            libevent.start();
            assertEquals("is anybody there?", client.ask("hello"));
        }
        nio.start();
        pollux.assertPolls("libevent");
    }

    @Test
    void oneThatOpensNoPollerIsPassedOverAndSaysWhy() throws Exception {
        staysOnLibeventWith(FaultyBackend.openingNone());
    }

    @Test
    void oneThatTakesNotAllSourcesIsPassedOverAndSaysWhy() throws Exception {
        staysOnLibeventWith(FaultyBackend.takingOnly(5));
    }

    private void staysOnLibeventWith(Backend faulty) throws Exception {
        var best = FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1_000));
        var registration = context.registerService(Backend.class, faulty, best);
        pollux.assertPolls("libevent");
        callers.goOn();
        String reason = String.valueOf(assertThrows(IllegalStateException.class, () -> pollux.swap("faulty"))
                .getMessage());
        assertTrue(reason.startsWith("faulty cannot take over, and libevent still polls: pollux-loop-"), reason);
        assertTrue(reason.endsWith(FaultyBackend.REASON), reason);
        pollux.assertPolls("libevent");
        registration.unregister();
    }
}
