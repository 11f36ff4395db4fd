package org.pollux.http.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Requests for a handler, a filter or an error page that is away for a moment. */
class HandOverTest {

    private static final HttpFilter GUARD =
            (request, response, next) -> response.status(401).send("guarded");

    private final HandServer server = new HandServer();
    private final RouteRegistry routes = server.routes;

    private static HttpHandler text(String text) {
        return (request, response) -> response.send(text);
    }

    private HandConnection asks(String target) {
        return server.connect().receive("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private String receives(HandConnection client) {
        server.reactor.settle();
        return client.takeSent();
    }

    private static void assertUnavailable(String response) {
        assertTrue(response.startsWith("HTTP/1.1 503 ") && response.contains("\r\nRetry-After: 2\r\n"), response);
    }

    private Absence suspend(RouteRegistry.Registration registration) {
        Absence absence = new Absence();
        registration.suspend(absence);
        return absence;
    }

    @Test
    void aRequestWaitsForTheNextVersionOfItsHandler() {
        RouteRegistry.Registration first = routes.add(text("1"), "/x");
        suspend(first);
        HandConnection client = asks("/x");
        assertEquals("", receives(client));
        assertEquals(1, routes.waiting());
        routes.together(() -> {
            routes.add(text("2"), "/x");
            first.close();
        });
        assertEquals(HandServer.ok("2"), receives(client));
        assertEquals(0, routes.waiting());
    }

    @Test
    void requestsBehindItWaitInTheirOrderAndItsBodyIsNotLost() {
        RouteRegistry.Registration first = routes.add(text("1"), Mount.at("/x").methods("POST"));
        routes.add(text("y"), "/y");
        suspend(first);
        HandConnection client = server.connect()
                .receive(
                        "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /y HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals("", receives(client));
        routes.together(() -> {
            routes.add(
                    (request, response) -> request.body().readAll(100, response::send),
                    Mount.at("/x").methods("POST"));
            first.close();
        });
        assertEquals(HandServer.ok("hello") + HandServer.ok("y"), receives(client));
    }

    @Test
    void nothingPassesWhereAFilterIsAway() {
        routes.add(text("x"), "/x", "/files/*");
        RouteRegistry.Registration guard = routes.add(GUARD, Mount.at("/*"));
        Absence absence = suspend(guard);
        absence.giveUp();
        routes.release();
        for (String target :
                List.of("/x", "/%78", "/./x", "/a/../x", "//x", "/files/a/", "/nothing", "http://h/x", "*")) {
            for (String method : List.of("GET", "HEAD", "OPTIONS", "DELETE", "PROPFIND", "STRANGE")) {
                String answer = server.answer(method + " " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
                assertTrue(
                        answer.startsWith("HTTP/1.1 503 ") || answer.startsWith("HTTP/1.1 400 "),
                        method + " " + target + ": " + answer);
            }
        }
        routes.add(GUARD, Mount.at("/*"));
        guard.close();
        assertTrue(server.answer("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").startsWith("HTTP/1.1 401 "));
    }

    @Test
    void onlyThoseWaitForAFilterThatItIsMeantFor() {
        routes.add(text("x"), "/x", "/a/*", "/b/{name}");
        suspend(routes.add(GUARD, Mount.at("/a/secret", "/b/secret").methods("GET")));
        assertEquals(HandServer.ok("x"), receives(asks("/x")));
        assertEquals(HandServer.ok("x"), receives(asks("/a/open")));
        assertEquals("", receives(asks("/a/secret")));
        assertEquals("", receives(asks("/b/%73ecret")));
        assertEquals(HandServer.ok("x"), receives(asks("/b/open")));
        assertEquals(2, routes.waiting());
    }

    @Test
    void afterItsTimeARequestGets503() {
        routes.handOver(new HandOver(Duration.ofSeconds(5), 10));
        RouteRegistry.Registration first = routes.add(text("1"), "/x");
        suspend(first);
        HandConnection client = asks("/x");
        server.time.pass(Duration.ofSeconds(4));
        routes.release();
        assertEquals("", receives(client));
        server.time.pass(Duration.ofSeconds(2));
        routes.release();
        assertUnavailable(receives(client));
    }

    @Test
    void whenItIsGivenUpAllGet503AtOnceAnd404WhenItIsGone() {
        RouteRegistry.Registration first = routes.add(text("1"), "/x");
        Absence absence = suspend(first);
        HandConnection client = asks("/x");
        absence.giveUp();
        routes.release();
        assertUnavailable(receives(client));
        assertUnavailable(receives(asks("/x")));
        first.close();
        assertEquals(HandServer.own(404, ""), receives(asks("/x")));
    }

    @Test
    void noMoreWaitThanMay() {
        routes.handOver(new HandOver(Duration.ofSeconds(5), 2));
        suspend(routes.add(text("1"), "/x"));
        HandConnection one = asks("/x");
        asks("/x");
        assertUnavailable(receives(asks("/x")));
        assertEquals(1, routes.tooMany());
        one.reset();
        assertEquals("", receives(asks("/x")));
    }

    @Test
    void aShutDownAndATimeOutDoNotCutWhoWaits() {
        RouteRegistry.Registration first = routes.add(text("1"), "/x");
        Absence absence = suspend(first);
        HandConnection stopped = asks("/x").shutDown();
        server.reactor.pass(Duration.ofSeconds(1)); // more than the grace of a connection that has nothing to do
        assertFalse(stopped.isClosed());
        HandConnection late = asks("/x").timeOut();
        assertUnavailable(receives(late));
        absence.giveUp();
        routes.release();
        assertUnavailable(receives(stopped));
    }

    @Test
    void a404WaitsForItsPage() {
        RouteRegistry.Registration page =
                routes.addErrorPage((status, request) -> new ErrorBody("text/plain", "1"), Mount.at());
        suspend(page);
        HandConnection client = asks("/nothing");
        assertEquals("", receives(client));
        routes.together(() -> {
            routes.addErrorPage((status, request) -> new ErrorBody("text/plain", "2"), Mount.at());
            page.close();
        });
        assertTrue(receives(client).endsWith("\r\n\r\n2"));
    }

    @Test
    void severalChangesAreSeenAsOne() {
        routes.add(text("first"), "/x");
        routes.together(() -> {
            RouteRegistry.Registration guard = routes.add(GUARD, Mount.at("/*"));
            assertEquals(HandServer.ok("first"), receives(asks("/x")));
            guard.close();
            routes.add(text("y"), "/y");
        });
        assertEquals(HandServer.ok("first"), receives(asks("/x")));
        assertEquals(HandServer.ok("y"), receives(asks("/y")));
    }

    @Test
    void anErrorIsShownByAPageOfTheSameMoment() {
        RouteRegistry.Registration page =
                routes.addErrorPage((status, request) -> new ErrorBody("text/plain", "1"), Mount.at());
        HandConnection client = server.connect();
        routes.add(
                (request, response) -> {
                    routes.together(() -> {
                        page.close();
                        routes.addErrorPage((status, asked) -> new ErrorBody("text/plain", "2"), Mount.at());
                    });
                    response.sendError(410);
                },
                "/x");
        client.receive("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(receives(client).endsWith("\r\n\r\n1"));
    }
}
