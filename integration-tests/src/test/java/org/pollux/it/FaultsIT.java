package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

@InContainer
final class FaultsIT {

    private static final String NAME = "org.pollux.protocol-echo";

    private BundleContext context;
    private Pollux pollux;
    private Bundle echo;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server()};
    }

    @BeforeEach
    void serveEcho(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        pollux.configure("pollux.runtime", Map.of("drain", 0));
        pollux.configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + Pollux.freePort()));
        echo = context.installBundle(Bundles.url("protocol-echo"));
        echo.start();
    }

    @AfterEach
    void takeItAway() throws Exception {
        echo.uninstall();
        pollux.forget("pollux.echo");
        pollux.forget("pollux.runtime");
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    @Test
    void aMalformedEndpointIsReportedAndTheConnectionsStay() throws Exception {
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("one", client.ask("one"));
            pollux.configure("pollux.echo", Map.of("endpoint", "tcp//oops"));
            var problem = pollux.problem("tcp//oops");
            assertTrue(problem.contains("tcp://"), () -> "says what is right: " + problem);
            assertEquals("two", client.ask("two"));
        }
        pollux.configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + Pollux.freePort()));
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("three", client.ask("three"));
        }
    }

    @Test
    void aPortInUseIsReportedAndBoundAsSoonAsItIsFree() throws Exception {
        int port;
        try (var squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = squatter.getLocalPort();
            pollux.configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + port));
            var problem = pollux.problem("tcp://127.0.0.1:" + port);
            assertTrue(problem.contains(String.valueOf(port)), problem);
        }
        Pollux.eventually(() -> assertEquals(port, pollux.port(NAME)));
        try (var client = new Client(port)) {
            assertEquals("mine", client.ask("mine"));
        }
    }

    @Test
    void aBadSettingOfTheRuntimeKeepsTheOldOneAndTheServerServes() throws Exception {
        pollux.configure("pollux.runtime", Map.of("backend", "nonsense", "drain", "soon", "maxConnections", -5));
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("still here", client.ask("still here"));
        }
        assertEquals("nio", pollux.status().backend());
    }

    @Test
    void withoutABackendTheConnectionsWaitAndGoOnWhenOneComes() throws Exception {
        var nio = pollux.bundle("reactor-nio");
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("one", client.ask("one"));
            nio.stop();
            assertEquals("none", pollux.status().backend());
            client.send("two\n");
            nio.start();
            assertEquals("two", client.ask("three"));
        }
        Pollux.eventually(() -> assertEquals("nio", pollux.status().backend()));
    }
}
