package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;

/** Bundles of filters and handlers are updated, refreshed and replaced while clients ask. */
@InContainer
final class HandOverIT {

    private static final String GUARDED = "401 guarded";

    private final GuestBundle guard = new GuestBundle("guard")
            .with(Guests.Guard.class, HttpFilter.class, Map.of("path", "/guarded/*", "name", "guard"));
    private final GuestBundle greeter = new GuestBundle("greeter")
            .with(Guests.Greeter.class, HttpHandler.class, Map.of("path", "/guarded/x,/open"));

    private BundleContext context;
    private Pollux pollux;
    private int port;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundle("protocol-http-api")};
    }

    @BeforeEach
    void serveHttp(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        port = pollux.startHttp();
    }

    @AfterEach
    void stopHttp() throws Exception {
        for (var bundle : context.getBundles()) {
            if (List.of("guard", "greeter", "both", "sleeper", "org.pollux.protocol-http")
                    .contains(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    private Bundle start(GuestBundle guest, String location) throws Exception {
        var bundle = context.installBundle(location, guest.version(1));
        bundle.start();
        return bundle;
    }

    private void refresh(Bundle... bundles) throws Exception {
        var done = new java.util.concurrent.CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundles), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        assertTrue(done.await(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private Callers asking(String path, String expected) {
        return new Callers(3, callers -> {
            while (callers.another()) {
                String response = Client.get(port, path);
                assertTrue(response.startsWith(expected), () -> path + ": " + response);
            }
        });
    }

    @Test
    void noRequestPassesAFilterThatIsUpdatedRefreshedOrReplaced() throws Exception {
        start(greeter, "greeter");
        var bundle = start(guard, "guard");
        Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));
        try (var callers = asking("/guarded/x", GUARDED)) {
            for (int version = 2; version < 10; version++) {
                callers.goOn();
                bundle.update(guard.version(version));
            }
            refresh(bundle);
            callers.goOn();
            bundle.uninstall();
            bundle = start(guard, "another guard");
            callers.goOn();
            for (int i = 0; i < 5; i++) {
                pollux.configure(Guests.Guard.class.getName(), Map.of("number", i));
            }
            callers.goOn();
        }
        pollux.forget(Guests.Guard.class.getName());
    }

    @Test
    void noRequestMissesAHandlerThatIsUpdated() throws Exception {
        var bundle = start(greeter, "greeter");
        Pollux.eventually(() -> assertEquals("200 hello 1.0.0", Client.get(port, "/open")));
        try (var callers = asking("/open", "200 hello ")) {
            for (int version = 2; version < 20; version++) {
                callers.goOn();
                bundle.update(greeter.version(version));
            }
            callers.goOn();
        }
        bundle.uninstall();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/open").startsWith("404")));
    }

    /** As after a refresh of the API, but for the bundle of this test. */
    @Test
    void noRequestPassesWhenServerAndFilterAreRefreshedTogether() throws Exception {
        pollux.configure("pollux.http", Map.of("endpoint", "tcp://127.0.0.1:" + port));
        start(greeter, "greeter");
        var bundle = start(guard, "guard");
        Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));
        try (var callers = new Callers(3, each -> {
            while (each.another()) {
                String response = Client.get(port, "/guarded/x");
                assertTrue(response.startsWith("401") || response.startsWith("503"), response);
            }
        })) {
            callers.goOn();
            refresh(pollux.bundle("protocol-http"), bundle);
            callers.goOn();
            Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));
        }
    }

    @Test
    void aFilterThatDoesNotResolveKeepsItsPathsClosedUntilItIsTakenAway() throws Exception {
        pollux.configure("pollux.http", Map.of("endpoint", "tcp://127.0.0.1:" + port, "handOver", 1));
        start(greeter, "greeter");
        var bundle = start(guard, "guard");
        Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));
        assertThrows(BundleException.class, () -> {
            bundle.update(guard.version(2, ",no.such.thing"));
            bundle.start();
        });
        try (var callers = asking("/guarded/x", "503")) {
            callers.goOn();
            Pollux.eventually(
                    () -> assertTrue(pollux.status().faults().toString().contains("filter 'guard' of bundle guard")));
            callers.goOn();
        }
        assertEquals("200 hello 1.0.0", Client.get(port, "/open"));

        bundle.update(guard.version(3));
        bundle.start();
        Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));

        bundle.stop();
        Pollux.eventually(() -> assertEquals("200 hello 1.0.0", Client.get(port, "/guarded/x")));
        assertTrue(pollux.status().faults().toString().contains("requests pass without it"));

        bundle.start();
        Pollux.eventually(() -> assertFalse(pollux.status().faults().toString().contains("requests pass without it")));
    }

    @Test
    void aPathThatDemandsAFilterIsClosedWithoutIt() throws Exception {
        start(greeter, "greeter");
        pollux.configure(
                "pollux.http", Map.of("endpoint", "tcp://127.0.0.1:" + port, "require", "guard at /guarded/*"));
        Pollux.eventually(() -> assertTrue(Client.get(port, "/guarded/x").startsWith("503")));
        assertTrue(pollux.status().faults().toString().contains("The filter 'guard', which require"));
        start(guard, "guard");
        Pollux.eventually(() -> assertEquals(GUARDED, Client.get(port, "/guarded/x")));
        assertEquals("200 hello 1.0.0", Client.get(port, "/open"));
    }

    @Test
    void noRequestSeesHalfOfABundle() throws Exception {
        var both = new GuestBundle("both")
                .with(Guests.Greeter.class, HttpHandler.class, Map.of("path", "/both"))
                .with(Guests.Stamp.class, HttpFilter.class, Map.of("path", "/both"));
        var bundle = start(both, "both");
        Pollux.eventually(() -> assertEquals("200 hello 1.0.0", Client.get(port, "/both")));
        try (var callers = new Callers(3, each -> {
            while (each.another()) {
                try (var client = new Client(port)) {
                    String response = client.get("/both");
                    String version = response.substring(response.lastIndexOf(' ') + 1);
                    assertTrue(response.contains("X-Stamp: " + version + "\n"), response);
                }
            }
        })) {
            for (int version = 2; version < 12; version++) {
                callers.goOn();
                bundle.update(both.version(version));
            }
            callers.goOn();
        }
    }

    @Test
    void anOldVersionHasAllItsClassesForTheRestOfItsRequests() throws Exception {
        var sleeper = new GuestBundle("sleeper")
                .with(Guests.Sleeper.class, HttpHandler.class, Map.of("path", "/sleep"))
                .with(Guests.Greeter.class, HttpHandler.class, Map.of("path", "/both"));
        var bundle = start(sleeper, "sleeper");
        Pollux.eventually(() -> assertEquals("200 hello 1.0.0", Client.get(port, "/both")));
        var response = Client.asksFor(port, "/sleep");
        Runnable wake = Services.await(context, Runnable.class, "(wakes=sleeper)", Pollux.PATIENCE);
        bundle.update(sleeper.version(2));
        refresh(bundle);
        wake.run();
        assertEquals("200 at last", response.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
}
