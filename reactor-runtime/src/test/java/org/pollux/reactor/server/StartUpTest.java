package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;

/** Endpoints stay closed until what they need has settled. */
@Timeout(60)
final class StartUpTest {

    private final FreePorts ports = new FreePorts(2);
    private final AtomicReference<List<String>> unsettled = new AtomicReference<>(List.of("deploy/filter.jar"));

    StartUpTest() throws IOException {}

    private PolluxServer start(Duration patience) throws IOException {
        PolluxServer server = new PolluxServer(TestServer.SETTINGS, Path.of("").toAbsolutePath(), "1.2.3");
        server.unsettled().add("test", unsettled::get);
        server.start(patience);
        server.offer(new NioBackend(), 0);
        server.offer(TestServer.service("a", 0, new TestProtocol("A"), ports.endpoint(0)));
        return server;
    }

    private static ServerStatus.State state(PolluxServer server) {
        return server.status().state();
    }

    @Test
    void theyOpenWhenAllHasSettled() throws IOException {
        try (PolluxServer server = start(Duration.ofMinutes(5))) {
            assertEquals(ServerStatus.State.STARTING, state(server));
            assertEquals(State.WAITING, server.status().endpoints().getFirst().state());
            assertEquals(
                    Optional.empty(), server.status().endpoints().getFirst().problem());
            Client.isRefused(ports.port(0));
            unsettled.set(List.of());
            Eventually.holds("it runs", () -> state(server) == ServerStatus.State.RUNNING);
            Client.connect(ports.port(0)).receives("A").close();
            unsettled.set(List.of("it does not wait twice"));
            assertEquals(ServerStatus.State.RUNNING, state(server));
            assertEquals(List.of(), server.status().faults());
        }
    }

    @Test
    void theyOpenAfterTheirTimeAndSayWhatHasNotSettled() throws IOException {
        try (PolluxServer server = start(Duration.ofMillis(200))) {
            Eventually.holds("it runs", () -> state(server) == ServerStatus.State.RUNNING);
            Client.connect(ports.port(0)).receives("A").close();
            String fault = server.status().faults().getFirst();
            assertTrue(fault.contains("before this had settled: deploy/filter.jar"), fault);
            unsettled.set(List.of());
            assertEquals(List.of(), server.status().faults());
        }
    }

    @Test
    void theyOpenAlsoWhenASourceDoesNotReturn() throws IOException {
        CountDownLatch free = new CountDownLatch(1);
        try (PolluxServer server =
                new PolluxServer(TestServer.SETTINGS, Path.of("").toAbsolutePath(), "1.2.3")) {
            server.unsettled().add("test", () -> {
                awaitFor(free);
                return List.of();
            });
            server.start(Duration.ofMillis(200));
            Eventually.holds("it runs", () -> state(server) == ServerStatus.State.RUNNING);
            String fault = server.status().faults().getFirst();
            assertTrue(fault.contains("has not responded for"), fault);
            assertEquals(1, free.getCount(), "the source has not returned");
        } finally {
            free.countDown();
        }
    }

    private static void awaitFor(CountDownLatch latch) {
        try {
            Await.latch("the source is freed", latch);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void administrationIsReachedBefore(boolean onItsOwnLoop) throws IOException {
        try (PolluxServer server = start(Duration.ofMinutes(5))) {
            server.offer(new ProtocolOffer(
                    4711,
                    0,
                    "shell",
                    Optional.of(new TestProtocol("S")),
                    Optional.empty(),
                    EndpointList.of(ports.endpoint(1)),
                    true,
                    onItsOwnLoop));
            Client.connect(ports.port(1)).receives("S").close();
            Client.isRefused(ports.port(0));
        }
    }

    @Test
    void withNothingToWaitForTheyOpenAtOnce() throws IOException {
        unsettled.set(List.of());
        try (PolluxServer server = start(Duration.ofMinutes(5))) {
            assertEquals(ServerStatus.State.RUNNING, state(server));
            Client.connect(ports.port(0)).receives("A").close();
        }
    }
}
