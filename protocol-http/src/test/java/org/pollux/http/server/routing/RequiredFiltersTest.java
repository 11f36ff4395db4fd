package org.pollux.http.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestWrapper;
import org.pollux.http.Response;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.osgi.Demands;
import org.pollux.http.server.settings.Mount;

/** Paths that demand a filter. */
class RequiredFiltersTest {

    private static final HttpFilter PASS = (request, response, next) -> next.handle(request, response);

    private final HandServer server = new HandServer();
    private final RouteRegistry routes = server.routes;

    RequiredFiltersTest() {
        routes.add(
                (request, response) -> response.send("x"),
                Mount.at("/*", "/admin/x").methods("*"));
    }

    private String status(String method, String target) {
        return server.answer(method + " " + target + " HTTP/1.1\r\nHost: h\r\n\r\n")
                .substring(9, 12);
    }

    private String get(String target) {
        return status("GET", target);
    }

    @Test
    void withoutItThereIsNoWayToThePath() {
        routes.require("auth", "/admin/*");
        for (String target : List.of(
                "/admin",
                "/admin/",
                "/admin/x",
                "/admin/x/",
                "/%61dmin/x",
                "/admin/%78",
                "//admin/x",
                "/admin//x",
                "///admin",
                "/./admin/x",
                "/b/../admin/x",
                "/b/..//admin/x",
                "http://other/admin/x",
                "/admin/x?q",
                "/admin?")) {
            for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "PUT", "PROPFIND")) {
                assertEquals("503", status(method, target), method + " " + target);
            }
        }
        assertEquals("200", get("/adminx"));
        assertEquals("200", get("/b/admin"));
        assertEquals("200", get("/"));
    }

    @Test
    void aFilterOfTheNameOnOtherPathsMethodsOrHostsDoesNotCount() {
        routes.require("auth", "/admin/*");
        routes.add("auth", PASS, Mount.at("/other/*"));
        routes.add("auth", PASS, Mount.at("/admin/*").hosts("public"));
        routes.add("auth", PASS, Mount.at("/admin/*").methods("POST"));
        routes.add("other", PASS, Mount.at("/*"));
        assertEquals("503", get("/admin/x"));
        assertEquals("200", status("POST", "/admin/x"));
        assertEquals(
                "200",
                server.answer("GET /admin/x HTTP/1.1\r\nHost: Public:80\r\n\r\n")
                        .substring(9, 12));
        assertEquals(1, routes.faults().size());
        routes.add("auth", PASS, Mount.at("/admin/*"));
        assertEquals("200", get("/admin/x"));
        assertEquals(List.of(), routes.faults());
    }

    @Test
    void itMustHaveSeenThisRequest() {
        // an outer filter changes the host, and the required one is for the changed host
        routes.require("auth", "/admin/*");
        List<String> seen = new ArrayList<>();
        routes.add((request, response, next) -> next.handle(new ForHost(request), response), Mount.at("/*"));
        routes.add(
                "auth",
                (request, response, next) -> {
                    seen.add(request.path());
                    next.handle(request, response);
                },
                Mount.at("/admin/*").hosts("changed"));
        assertEquals("200", get("/admin/x"));
        assertEquals(List.of("/admin/x"), seen);
    }

    private static final class ForHost extends RequestWrapper {

        ForHost(Request request) {
            super(request);
        }

        @Override
        public String authority() {
            return "changed";
        }
    }

    @Test
    void nothingBehindItsPlaceSeesARequestThatItHasNotSeen() {
        routes.require("auth", "/admin/*");
        routes.add("auth", PASS, Mount.at("/admin/*").methods("POST"));
        List<String> behind = new ArrayList<>();
        routes.add(
                (request, response, next) -> {
                    behind.add(request.path());
                    response.send("from a cache");
                },
                Mount.at("/*"));
        assertEquals("503", get("/admin/x"));
        assertEquals(List.of(), behind);
        assertEquals("200", get("/x"));
    }

    @Test
    void whatIsRefusedIsTold() {
        routes.require("auth", "/admin/*");
        List<String> told = new ArrayList<>();
        routes.add(
                new HttpFilter() {
                    @Override
                    public void filter(Request request, Response response, HttpHandler next) throws Exception {
                        next.handle(request, response);
                    }

                    @Override
                    public void onRefused(SocketAddress remote, int status, long bytes) {
                        told.add(status + " " + bytes);
                    }
                },
                Mount.at("/*"));
        get("/admin/x");
        assertEquals(List.of("503 " + "503 Service Unavailable\n".length()), told);
        assertTrue(routes.faults()
                .getFirst()
                .startsWith("The filter 'auth', which require in pollux.http demands at"
                        + " /admin/*, is missing: requests get 503"));
    }

    @Test
    void aHandlerDemandsFiltersItself() {
        routes.add((request, response) -> response.send("y"), Mount.at("/y"), List.of("auth"), new Precedence(0, 99));
        assertEquals("503", get("/y"));
        assertEquals("200", get("/x"));
        RouteRegistry.Registration auth = routes.add("auth", PASS, Mount.at("/y"));
        assertEquals("200", get("/y"));
        auth.close();
        assertEquals("503", get("/y"));
    }

    @Test
    void theDemandsOfAConfigurationAreReadOrRefused() {
        Demands demands = new Demands(routes);
        demands.change(new String[] {"auth at /admin/*, log at /log", " other  at  /other "});
        assertEquals("503", get("/admin/x"));
        assertEquals("503", get("/log"));
        assertEquals("503", get("/other"));
        assertEquals("200", get("/x"));
        for (String bad : List.of("auth on /x", "auth at x", "auth", "auth at /a /b", "auth at /a%20b")) {
            demands.change(new String[] {bad});
            assertEquals(1, demands.faults().size(), bad);
            assertEquals("503", get("/admin/x"), bad);
            assertEquals("200", get("/x"), bad);
        }
        demands.change(new String[] {""});
        assertEquals(List.of(), demands.faults());
        assertEquals("200", get("/admin/x"));
    }

    @Test
    void aFirstConfigurationThatIsNotUnderstoodServesNothing() {
        Demands demands = new Demands(routes);
        demands.change(new String[] {"auth to /admin/*"});
        assertEquals("503", get("/x"));
        assertEquals(1, demands.faults().size());
        assertThrows(IllegalArgumentException.class, () -> routes.require("auth", "admin"));
    }
}
