package org.pollux.http.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Which handler responds, while they come and go. */
class RouteRegistryTest {

    private final HandServer server = new HandServer();
    private final RouteRegistry routes = server.routes;

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
    void aHandlerRespondsOnItsPathsOnly() {
        routes.add(text("x"), "/x", "/y/z");
        assertEquals("x", get("/x"));
        assertEquals("x", get("/y/z?q"));
        for (String other : List.of("/", "/X", "/x/", "/xx", "/y", "/y/z/", "//x", "/x%20")) {
            assertEquals("404", get(other));
        }
    }

    @Test
    void manyHandlersAreToldApart() {
        List<RouteRegistry.Registration> registrations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            registrations.add(routes.add(text("t" + i), "/" + i, "/ü" + i));
        }
        for (int i = 0; i < 300; i++) {
            assertEquals("t" + i, get("/" + i));
            assertEquals("t" + i, get("/%C3%BC" + i));
        }
        registrations.forEach(RouteRegistry.Registration::close);
        assertEquals("404", get("/1"));
    }

    @Test
    void theHigherRankingRespondsAndAmongEqualsTheFirst() {
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

    // ---- patterns

    @Test
    void aPrefixIsThePathAndEverythingBelow() {
        routes.add((request, response) -> response.send("<" + request.parameter("*") + ">"), "/files/*");
        assertEquals("<>", get("/files"));
        assertEquals("<>", get("/files/"));
        assertEquals("<a>", get("/files/a"));
        assertEquals("<a/b/>", get("/files/a/b/"));
        assertEquals("<a b>", get("/files/%61%20b"));
        for (String other : List.of("/", "/filesystem", "/file", "/Files/a")) {
            assertEquals("404", get(other));
        }
    }

    @Test
    void aTemplateTellsItsParameters() {
        routes.add(
                (request, response) -> response.send(request.parameter("id") + "," + request.parameter("to")),
                "/users/{id}/to/{to}");
        assertEquals("7,x y", get("/users/7/to/x%20y"));
        for (String other : List.of("/users/7", "/users/7/to", "/users/7/to/", "/users//to/x", "/users/7/to/x/")) {
            assertEquals("404", get(other));
        }
    }

    @Test
    void aParameterThatThePathDoesNotHaveIsRefused() {
        routes.add(
                (request, response) -> response.send(
                        String.valueOf(assertThrows(IllegalArgumentException.class, () -> request.parameter("x"))
                                .getMessage())),
                "/users/{id}");
        assertEquals("The path /users/{id} has no parameter 'x', only [id, *]", get("/users/7"));
    }

    @Test
    void whatSaysMoreAboutAPathResponds() {
        for (String path : List.of("/*", "/a/*", "/a/{x}", "/a/{x}/c", "/a/b", "/a/b/*", "/{x}/b/c", "/a/{x}/*")) {
            routes.add(text(path), path);
        }
        assertEquals("/*", get("/"));
        assertEquals("/*", get("/x"));
        assertEquals("/a/*", get("/a"));
        assertEquals("/a/*", get("/a/"));
        assertEquals("/a/{x}", get("/a/x"));
        assertEquals("/a/b", get("/a/b"));
        assertEquals("/a/b/*", get("/a/b/c"));
        assertEquals("/a/{x}/c", get("/a/x/c"));
        assertEquals("/{x}/b/c", get("/x/b/c"));
        assertEquals("/a/{x}/*", get("/a/x/d"));
        assertEquals("/*", get("/x/b/d"));
    }

    @Test
    void parametersOfOnePlaceMayHaveDifferentNames() {
        routes.add((request, response) -> response.send("a" + request.parameter("a")), Mount.at("/{a}"));
        routes.add(
                (request, response) -> response.send("b" + request.parameter("b")),
                Mount.at("/{b}").methods("POST"));
        assertEquals("a1", get("/1"));
        assertTrue(server.answer("POST /1 HTTP/1.1\r\nHost: h\r\n\r\n").endsWith("b1"));
    }

    @Test
    void subpathsAreThePathAndEverythingBelow() {
        routes.add(text("root"), Mount.at("/").subpaths());
        routes.add(text("files"), Mount.at("/files/").subpaths());
        assertEquals("root", get("/"));
        assertEquals("root", get("/x/y"));
        assertEquals("files", get("/files/"));
        assertEquals("files", get("/files/x"));
        assertEquals("files", get("/files"));
    }

    // ---- methods

    private String statusAndAllow(String method, String path) {
        String answer = server.answer(method + " " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        int allow = answer.indexOf("Allow: ");
        return answer.substring(9, 12)
                + (allow < 0 ? "" : " " + answer.substring(allow + 7, answer.indexOf('\r', allow)));
    }

    @Test
    void eachMethodOfAPathMayHaveItsHandler() {
        routes.add(text("get"), "/x");
        routes.add(text("put"), Mount.at("/x").methods("PUT", "BREW"));
        assertEquals("get", get("/x"));
        assertEquals("200", statusAndAllow("PUT", "/x"));
        assertEquals("200", statusAndAllow("BREW", "/x"));
        assertEquals("200", statusAndAllow("HEAD", "/x"));
        assertEquals("405 GET, HEAD, PUT, OPTIONS, BREW", statusAndAllow("POST", "/x"));
        assertEquals("405 GET, HEAD, PUT, OPTIONS, BREW", statusAndAllow("SEARCH", "/x"));
        assertEquals("501", statusAndAllow("PURGE", "/x"));
        assertEquals("204 GET, HEAD, PUT, OPTIONS, BREW", statusAndAllow("OPTIONS", "/x"));
        assertEquals("204 GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH", statusAndAllow("OPTIONS", "*"));
    }

    @Test
    void anAsteriskIsEveryMethodThatIsRegistered() {
        routes.add(
                (request, response) -> response.header("X", request.method()).send(),
                Mount.at("/x").methods("*"));
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "REPORT", "MKCOL")) {
            assertEquals("200", statusAndAllow(method, "/x"));
        }
        assertEquals("405 GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH", statusAndAllow("TRACE", "/x"));
        assertEquals("501", statusAndAllow("CONNECT", "/x"));
        assertEquals("501", statusAndAllow("ANNOUNCE", "/x"));
    }

    @Test
    void aHandlerOfAllMethodsCountsAsOneOfThem() {
        routes.add(text("get"), Mount.at("/x"), new Precedence(0, 1));
        routes.add(text("any"), Mount.at("/x").methods("*"), new Precedence(0, 2));
        assertEquals("get", get("/x"));
        routes.add(text("high"), Mount.at("/x").methods("*"), new Precedence(1, 3));
        assertEquals("high", get("/x"));
    }

    @Test
    void aMethodThatCannotBeOfferedIsRefused() {
        for (String method : List.of("", "G T", "GET,", "CONNECT", "ü")) {
            assertThrows(IllegalArgumentException.class, () -> Mount.at("/x").methods(method));
        }
    }

    // ---- hosts

    private String getOf(String target, String host) {
        String answer = server.answer("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void aHandlerOfAHostComesBeforeThoseOfAll() {
        routes.add(text("any"), "/x");
        routes.add(text("a"), Mount.at("/*").hosts("A.example", "[::1]"));
        assertEquals("any", getOf("/x", "b.example"));
        assertEquals("a", getOf("/x", "a.example"));
        assertEquals("a", getOf("/y", "a.EXAMPLE:8080"));
        assertEquals("a", getOf("/y", "[::1]:80"));
        assertEquals("a", getOf("http://a.example:80/x", "b.example"));
        assertEquals("any", getOf("http://b.example/x", "a.example"));
        assertEquals("404 Not Found\n", getOf("/y", "b.example"));
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
        try (RouteRegistry.Registration _ = routes.add(handler, "/x")) {
            client.receive("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        assertEquals(HandServer.ok("x"), client.takeSent());
        return new WeakReference<>(handler);
    }
}
