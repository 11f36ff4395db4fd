package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

@InContainer
final class EchoIT {

    private static final String NAME = "org.pollux.protocol-echo";

    private BundleContext context;
    private Pollux pollux;
    private Bundle echo;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server()};
    }

    @BeforeEach
    void dropEchoIn(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        pollux.configure("pollux.runtime", Map.of("drain", 1));
        pollux.configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + Pollux.freePort()));
        echo = context.installBundle(Bundles.url("protocol-echo"));
        echo.start();
    }

    @AfterEach
    void takeItAway() throws Exception {
        if (echo.getState() != Bundle.UNINSTALLED) {
            echo.uninstall();
        }
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
        pollux.forget("pollux.echo");
        pollux.forget("pollux.runtime");
    }

    @Test
    void aProtocolThatIsDroppedInIsServed() throws Exception {
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("hello", client.ask("hello"));
        }
    }

    @Test
    void anotherEndpointIsServedWhileAConnectionOfTheOldOneStays() throws Exception {
        int before = pollux.port(NAME);
        try (var old = new Client(before)) {
            assertEquals("one", old.ask("one"));

            int after = Pollux.freePort();
            pollux.configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + after));
            Pollux.eventually(() -> assertEquals(after, pollux.port(NAME)));

            try (var young = new Client(after)) {
                assertEquals("two", young.ask("two"));
            }
            Pollux.eventually(() -> assertThrows(ConnectException.class, () -> new Client(before).close()));
            assertEquals("three", old.ask("three"));
        }
    }

    @Test
    void anUpdateRefusesNobodyAndPassesOpenConnectionsOnWithoutTheOldClasses() throws Exception {
        int port = pollux.port(NAME);
        var loader = new WeakReference<>(echo.adapt(BundleWiring.class).getClassLoader());
        try (var old = new Client(port);
                var streams = new Callers(3, EchoIT.streamsOver(port))) {
            assertEquals("before", old.ask("before"));
            try (var callers = Callers.ofEcho(port, 1)) {
                for (int i = 0; i < 5; i++) {
                    streams.goOn();
                    callers.goOn();
                    pollux.update("protocol-echo");
                }
                callers.goOn();
            }
            streams.goOn();
            assertEquals("after", old.ask("after"));
            assertTrue(pollux.status().endpoints().getFirst().adopted() >= 5 * 4);
            context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(echo));
            Pollux.eventually(() -> {
                System.gc();
                assertNull(loader.get(), "the class loader of the first version is still reachable");
            });
        }
    }

    /** Each sends random bytes on one connection, in two pieces, and compares what comes back. */
    private static Callers.Caller streamsOver(int port) {
        return callers -> {
            var random = new Random(7);
            try (var client = new Client(port)) {
                while (callers.another()) {
                    byte[] data = new byte[1 + random.nextInt(100_000)];
                    random.nextBytes(data);
                    assertArrayEquals(data, client.echo(data));
                }
            }
        };
    }

    @Test
    void aRemovedProtocolIsGoneAndItsConnectionsEndAfterTheDrainTime() throws Exception {
        int port = pollux.port(NAME);
        try (var old = new Client(port)) {
            assertEquals("hello", old.ask("hello"));
            echo.uninstall();
            assertTrue(old.isAtEnd());
        }
        Pollux.eventually(() -> assertThrows(ConnectException.class, () -> new Client(port).close()));
    }

    @Test
    void aRemovedProtocolLeavesNoClassLoaderBehind() throws Exception {
        try (var client = new Client(pollux.port(NAME))) {
            assertEquals("hello", client.ask("hello"));
        }
        var loader = new WeakReference<>(echo.adapt(BundleWiring.class).getClassLoader());
        echo.uninstall();
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(echo));
        Pollux.eventually(() -> {
            System.gc();
            assertNull(loader.get(), "the class loader is still reachable");
        });
    }
}
