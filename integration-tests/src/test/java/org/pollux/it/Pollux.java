package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.composite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.Platform;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapReport;

/** What the tests of the platform share: the bundles, the running server, its configuration, and patience. */
final class Pollux {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String FENCE = "pollux.it.fence";

    private final BundleContext context;
    private final Server server;

    Pollux(BundleContext context) throws InterruptedException {
        this.context = context;
        this.server = Services.await(context, Server.class, PATIENCE);
    }

    /** A server that serves nothing yet. */
    static Option server() {
        return composite(Platform.base(), Bundles.bundles("reactor-api", "reactor-nio", "reactor-runtime"));
    }

    ServerStatus status() {
        return server.status();
    }

    SwapReport swap(String backend) {
        return server.swap(backend);
    }

    /** Returns as soon as the loops are with a backend, all of them. */
    void awaitBackend(String name) throws InterruptedException {
        eventually(() -> assertPolls(name));
    }

    void assertPolls(String name) {
        assertEquals(name, status().backend());
        status().loops().forEach(loop -> assertEquals(name, loop.backend()));
    }

    /** An installed bundle, by the name of its module. */
    Bundle bundle(String module) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.pollux." + module))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no bundle org.pollux." + module));
    }

    /** Updates a bundle from its module's jar, which is the same as before. */
    void update(String module) throws Exception {
        try (var jar = Bundles.file(module).toUri().toURL().openStream()) {
            bundle(module).update(jar);
        }
    }

    /** Returns as soon as every component has heard of it; what the server does about it, on other threads, may follow. */
    void configure(String pid, Map<String, Object> values) throws Exception {
        configuration(pid).update(FrameworkUtil.asDictionary(values));
        awaitHeard();
    }

    void forget(String pid) throws Exception {
        configuration(pid).delete();
        awaitHeard();
    }

    /** Changes are told one after the other, on a thread of their own: when this one is told, those before it were. */
    private void awaitHeard() throws Exception {
        var heard = new CountDownLatch(1);
        ConfigurationListener listener = event -> {
            if (event.getPid().equals(FENCE)) {
                heard.countDown();
            }
        };
        var registration = context.registerService(ConfigurationListener.class, listener, null);
        try {
            configuration(FENCE).update(FrameworkUtil.asDictionary(Map.of()));
            if (!heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a changed configuration was not told within " + PATIENCE);
            }
        } finally {
            registration.unregister();
        }
    }

    /** Of a PID, or of one of several: {@code PID~NAME}. */
    private Configuration configuration(String pid) throws Exception {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin().getConfiguration(pid, "?")
                : admin().getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
    }

    private ConfigurationAdmin admin() throws InterruptedException {
        return Services.await(context, ConfigurationAdmin.class, PATIENCE);
    }

    /** Installs and starts the echo protocol; returns its port. */
    int startEcho() throws Exception {
        configure("pollux.echo", Map.of("endpoint", "tcp://127.0.0.1:" + freePort())); // the same after a restart
        context.installBundle(Bundles.url("protocol-echo")).start();
        return port("org.pollux.protocol-echo");
    }

    /** Installs and starts HTTP; returns its port. */
    int startHttp() throws Exception {
        configure("pollux.http", Map.of("endpoint", "tcp://127.0.0.1:0"));
        context.installBundle(Bundles.url("protocol-http")).start();
        return port("org.pollux.protocol-http");
    }

    /** Where the protocol of a bundle is bound, as soon as it is. */
    int port(String bundle) throws Exception {
        return await(
                "an open endpoint of " + bundle,
                () -> server.status().endpoints().stream()
                        .filter(endpoint -> endpoint.protocol().equals(bundle))
                        .filter(endpoint -> endpoint.state() == EndpointStatus.State.OPEN)
                        .flatMap(endpoint -> endpoint.local().stream())
                        .map(address -> ((InetSocketAddress) address).getPort())
                        .findFirst());
    }

    /** What is wrong with an endpoint, as soon as something is. */
    String problem(String endpoint) throws Exception {
        return await(
                "a problem of " + endpoint,
                () -> server.status().endpoints().stream()
                        .filter(status -> status.endpoint().equals(endpoint))
                        .flatMap(status -> status.problem().stream())
                        .findFirst());
    }

    /** Returns the value as soon as there is one. */
    static <T> T await(String what, Supplier<Optional<T>> value) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> now = value.get();
            if (now.isPresent()) {
                return now.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no " + what + " within " + PATIENCE);
            }
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    /** Returns as soon as the assertion holds. */
    static void eventually(Executable assertion) throws InterruptedException {
        Throwable[] last = new Throwable[1];
        try {
            await("success", () -> {
                try {
                    assertion.execute();
                    return Optional.of(true);
                } catch (Throwable e) {
                    last[0] = e;
                    return Optional.empty();
                }
            });
        } catch (AssertionError e) {
            e.addSuppressed(last[0]);
            throw e;
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
