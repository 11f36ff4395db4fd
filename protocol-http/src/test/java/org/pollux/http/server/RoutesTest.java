package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;

/** Which handler answers, while they come and go. */
class RoutesTest {

    private final HandServer server = new HandServer();
    private final Routes routes = server.routes;

    private String get(String target) {
        String answer = server.answer("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        return answer.startsWith("HTTP/1.1 200 ")
                ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                : answer.substring(9, 12);
    }

    private static HttpHandler text(String text) {
        return (request, response) -> response.send(text);
    }

    @Test
    void aHandlerAnswersOnItsPathsOnly() {
        routes.add(text("x"), "/x", "/y/z");
        assertEquals("x", get("/x"));
        assertEquals("x", get("/y/z?q"));
        for (String other : List.of("/", "/X", "/x/", "/xx", "/y", "/y/z/", "//x", "/x%20")) {
            assertEquals("404", get(other));
        }
    }

    @Test
    void manyHandlersAreToldApart() {
        List<Routes.Registration> registrations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            registrations.add(routes.add(text("t" + i), "/" + i, "/ü" + i));
        }
        for (int i = 0; i < 300; i++) {
            assertEquals("t" + i, get("/" + i));
            assertEquals("t" + i, get("/%C3%BC" + i));
        }
        registrations.forEach(Routes.Registration::close);
        assertEquals("404", get("/1"));
    }

    @Test
    void theHigherRankingAnswersAndAmongEqualsTheFirst() {
        routes.add(text("first"), Mount.at("/x"), new Precedence(0, 2));
        routes.add(text("second"), Mount.at("/x"), new Precedence(0, 3));
        assertEquals("first", get("/x"));
        var high = routes.add(text("high"), Mount.at("/x"), new Precedence(5, 4));
        routes.add(text("low"), Mount.at("/x"), new Precedence(-1, 1));
        assertEquals("high", get("/x"));
        high.close();
        high.close();
        assertEquals("first", get("/x"));
    }

    @Test
    void aPathThatNoRequestHasIsRefusedWithTheRemedy() {
        for (String path : List.of(
                "",
                "x",
                "/a/../b",
                "/.",
                "/a%20b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/a\n",
                "/*/x",
                "/x*",
                "/{a}/{a}",
                "/{}",
                "/a{b}")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> routes.add(text("x"), "/good", path));
            assertTrue(refused.toString().contains(": The path '" + path + "' must "), refused.toString());
        }
        assertEquals("404", get("/good"));
    }

    @Test
    void aHandlerThatIsGoneIsForgotten() {
        HandConnection client = server.connect();
        WeakReference<HttpHandler> handler = serveOnce(client);
        for (int i = 0; i < 100 && handler.get() != null; i++) {
            System.gc();
        }
        assertEquals(null, handler.get());
        assertTrue(client.isOpen());
    }

    private WeakReference<HttpHandler> serveOnce(HandConnection client) {
        byte[] text = {'x'};
        HttpHandler handler = (request, response) -> response.send(text);
        try (Routes.Registration _ = routes.add(handler, "/x")) {
            client.receive("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        assertEquals(HandServer.ok("x"), client.takeSent());
        return new WeakReference<>(handler);
    }
}
