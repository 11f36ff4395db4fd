package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;
import org.pollux.http.Response;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandConnection;

/** What a response is on the wire, and that requests of one connection never meet. The rest is in the contract. */
class HandlerTest {

    private static final String GET = "GET /x?y HTTP/1.1\r\nHost: h\r\nA: 1\r\n\r\n";

    private final HandServer server = new HandServer();

    private String answer(HttpHandler handler) {
        try (RouteRegistry.Registration _ = server.routes.add(handler, "/x")) {
            return server.answer(GET);
        }
    }

    // ---- responses

    @Test
    void aResponseHasAStatusFieldsAndABody() {
        assertEquals(
                "HTTP/1.1 201 Created\r\n" + HandServer.DATE + "A: b\r\nA: \u00FC\tc\r\nContent-Length: 2\r\n\r\nok",
                answer((request, response) -> response.status(201)
                        .header("A", "b")
                        .header("A", "\u00FC\tc")
                        .send("ok")));
    }

    @Test
    void someStatusesHaveNoBody() {
        assertEquals(
                "HTTP/1.1 204 No Content\r\n" + HandServer.DATE + "\r\n",
                answer((request, response) -> response.status(204).send()));
        assertEquals(
                "HTTP/1.1 304 Not Modified\r\n" + HandServer.DATE + "\r\n",
                answer((request, response) -> response.status(304).send()));
        assertEquals(
                "HTTP/1.1 205 Reset Content\r\n" + HandServer.DATE + "Content-Length: 0\r\n\r\n",
                answer((request, response) -> response.status(205).send()));
        for (int status : new int[] {204, 205, 304}) {
            assertEquals(
                    HandServer.own(500, ""),
                    answer((request, response) -> response.status(status).send("x")));
        }
    }

    @Test
    void theServerFieldIsSentWhenConfigured() {
        HttpSettings none = HttpSettings.defaults();
        HandServer named = new HandServer(
                        new HttpSettings(none.head(), none.body(), none.connection(), Optional.of("Pollux")))
                .withText("/x");
        assertTrue(named.answer(GET).contains("\r\nServer: Pollux\r\n"));
    }

    @Test
    void theDateIsThatOfTheSecond() {
        server.withText("/x");
        assertTrue(server.answer(GET).contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
        server.time.pass(Duration.ofMillis(1));
        assertTrue(server.answer(GET).contains("\r\nDate: Sun, 06 Nov 1994 08:49:38 GMT\r\n"));
    }

    // ---- faults

    @Test
    void whoAnsweredNowAndLaterCannotReachAnotherRequest() {
        List<Response> kept = new ArrayList<>();
        server.with("/x", (request, response) -> {
            kept.add(response);
            if (kept.size() != 1) {
                response.send("now");
            }
        });
        HandConnection client = server.connect().receive(GET);
        kept.getFirst().send("later");
        client.receive(GET + GET);
        assertEquals(HandServer.ok("later") + HandServer.ok("now") + HandServer.ok("now"), client.takeSent());
        assertEquals(3, kept.stream().distinct().count());
    }

    @Test
    void eachRequestHasHandlesOfItsOwn() {
        List<Response> kept = new ArrayList<>();
        server.with("/x", (request, response) -> {
            kept.add(response);
            response.send("now");
        });
        server.answer(GET + GET);
        assertNotSame(kept.get(0), kept.get(1));
    }
}
