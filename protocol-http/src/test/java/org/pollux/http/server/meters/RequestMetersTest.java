package org.pollux.http.server.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pollux.http.Response;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.RouteStatus;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** Requests are counted by route and class, and measured from their head to the end of their response. */
final class RequestMetersTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    private final HandServer server = new HandServer().withText("/a");

    private RequestStatus read() {
        return server.routes.meters().read("test");
    }

    private Map<String, Map<String, Long>> responses() {
        return read().routes().stream().collect(Collectors.toMap(RouteStatus::route, RouteStatus::responses));
    }

    private Distribution latency(String route) {
        return read().routes().stream()
                .filter(status -> status.route().equals(route))
                .findFirst()
                .orElseThrow()
                .latency();
    }

    @Test
    void aRouteIsTheHandlersPathAndNotTheClients() {
        server.with("/users/{id}", (request, response) -> response.send("u"));
        server.answer(GET.replace("/a", "/users/1"));
        server.answer(GET.replace("/a", "/users/2"));
        server.answer(GET);
        assertEquals(Map.of("/a", Map.of("2xx", 1L), "/users/{id}", Map.of("2xx", 2L)), responses());
    }

    @Test
    void aHostIsPartOfTheRoute() {
        server.with(Mount.at("/a").hosts("example.com"), (request, response) -> response.send("h"));
        server.answer(GET.replace("Host: h", "Host: example.com"));
        assertEquals(Map.of("example.com/a", Map.of("2xx", 1L)), responses());
    }

    @Test
    void classesAreCountedSeparately() {
        server.with(
                "/{status}",
                (request, response) -> response.status(Integer.parseInt(request.parameter("status")))
                        .send());
        for (int status : new int[] {200, 204, 302, 404, 503}) {
            server.answer(GET.replace("/a", "/" + status));
        }
        assertEquals(Map.of("/{status}", Map.of("2xx", 2L, "3xx", 1L, "4xx", 1L, "5xx", 1L)), responses());
    }

    @Test
    void whatTheServerRefusesIsNoRouteOfAHandler() {
        server.answer(GET.replace("/a", "/none"));
        server.answer(GET.replace("GET", "POST"));
        server.answer("GET /a HTTP/1.1\r\n\r\n");
        assertEquals(Map.of("(server)", Map.of("4xx", 3L)), responses());
        assertEquals(2, latency("(server)").count(), "the bad head was no request");
    }

    @Test
    void aRequestIsInFlightUntilItsResponseIsHandedOverAndTakesThatLong() {
        List<Response> waiting = new ArrayList<>();
        server.with("/later", (request, response) -> waiting.add(response));
        HandConnection client = server.connect().receive(GET.replace("/a", "/later"));
        assertEquals(1, read().inFlight());
        server.time.pass(Duration.ofMillis(3));
        waiting.getFirst().send("done");
        server.reactor.settle();
        assertTrue(client.takeSent().endsWith("done"));
        assertEquals(0, read().inFlight());
        assertEquals(Duration.ofMillis(3), latency("/later").total());
    }

    @Test
    void requestsOfOneReadAreMeasuredOneAfterTheOther() {
        server.with("/slow", (request, response) -> {
            server.time.pass(Duration.ofMillis(2));
            response.send("s");
        });
        server.answer(GET.replace("/a", "/slow").repeat(3));
        assertEquals(3, latency("/slow").count());
        assertEquals(Duration.ofMillis(6), latency("/slow").total());
    }

    @Test
    void timeBetweenTwoReadsBelongsToNoRequest() {
        HandConnection client = server.connect().receive(GET);
        server.time.pass(Duration.ofSeconds(1));
        client.receive(GET);
        assertEquals(2, latency("/a").count());
        assertEquals(Duration.ZERO, latency("/a").total());
    }

    @Test
    void aResponseThatDoesNotComeToItsEndIsLost() {
        server.with("/cut", (request, response) -> response.stream().write(ByteBuffer.allocate(1)));
        HandConnection client = server.connect().receive(GET.replace("/a", "/cut"));
        client.reset();
        server.reactor.settle();
        assertEquals(Map.of("/cut", Map.of("lost", 1L)), responses());
        assertEquals(0, read().inFlight());
    }

    @Test
    void requestsAreCountedByTheirWire() {
        server.answer(GET);
        assertEquals(Map.of("h1", 1L, "h2", 0L), read().wires());
    }

    private void upgrades(String expected) {
        assertEquals(
                expected,
                read().upgrades().stream()
                        .map(one -> one.protocol() + ": " + one.open() + " of " + one.total())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void aRequestThatBecomesAnotherProtocolIsCompletedAndItsConnectionIsCountedUntilItsEnd() {
        server.with("/talk", (request, response) -> response.upgrade("b/2"));
        String upgrade = GET.replace("/a", "/talk").replace("h\r\n", "h\r\nConnection: Upgrade\r\nUpgrade: b/2\r\n");
        upgrades("");
        HandConnection one = server.connect().receive(upgrade);
        HandConnection other = server.connect().receive(upgrade);
        server.reactor.settle();
        upgrades("b/2: 2 of 2");
        assertEquals(0, read().inFlight());
        assertEquals(Map.of("/talk", Map.of("1xx", 2L)), responses());
        server.time.pass(Duration.ofHours(1));
        one.reset();
        server.reactor.settle();
        upgrades("b/2: 1 of 2");
        other.reset();
        server.reactor.settle();
        upgrades("b/2: 0 of 2");
        assertEquals(Map.of("/talk", Map.of("1xx", 2L)), responses(), "it is not lost: the response was the head");
        assertEquals(Duration.ZERO, latency("/talk").total());
    }

    @Test
    void aRouteKeepsItsNumbersWhenItsHandlerIsReplaced() {
        server.answer(GET);
        server.routes.together(() -> {});
        server.answer(GET);
        assertEquals(Map.of("/a", Map.of("2xx", 2L)), responses());
    }

    @Test
    void theNumberOfRoutesIsLimited() {
        RequestMeters meters = new RequestMeters();
        for (int i = 0; i < 3 * RequestMeters.MOST; i++) {
            meters.on(server.reactor).completed(meters.number("/" + i), 200, 1);
        }
        List<RouteStatus> routes = meters.read("test").routes();
        assertEquals(RequestMeters.MOST + 1, routes.size());
        assertEquals("(other)", routes.getFirst().route());
        assertEquals(Map.of("2xx", 2L * RequestMeters.MOST), routes.getFirst().responses());
    }

    @Test
    void loopsAreAddedUp() {
        RequestMeters meters = new RequestMeters();
        HandReactor other = new HandReactor();
        meters.on(server.reactor).completed(meters.number("/a"), 200, 1);
        meters.on(other).completed(meters.number("/a"), 500, 1);
        assertEquals(
                Map.of("2xx", 1L, "5xx", 1L),
                meters.read("test").routes().getFirst().responses());
    }
}
