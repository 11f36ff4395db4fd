package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Response;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

@InContainer
final class HandlersIT {

    private final List<ServiceRegistration<HttpHandler>> handlers = new ArrayList<>();
    private BundleContext context;
    private Pollux pollux;

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundle("protocol-http-api")};
    }

    @BeforeEach
    void serveHttp(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        pollux.startHttp();
    }

    @AfterEach
    void stopHttp() throws Exception {
        for (var handler : handlers) {
            try {
                handler.unregister();
            } catch (IllegalStateException alreadyGone) {
                // by the test itself
            }
        }
        for (var bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals("org.pollux.protocol-http")) {
                bundle.uninstall();
            }
        }
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    private int port() throws Exception {
        return pollux.port("org.pollux.protocol-http");
    }

    /** One that is still there when its test ends goes then. */
    private ServiceRegistration<HttpHandler> register(String path, HttpHandler handler) {
        var registration =
                context.registerService(HttpHandler.class, handler, FrameworkUtil.asDictionary(Map.of("path", path)));
        handlers.add(registration);
        return registration;
    }

    @Test
    void aHandlerComesMovesAndGoes() throws Exception {
        int port = port();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/greeting").startsWith("404")));

        var registration = register("/greeting", (request, response) -> response.send("hello"));
        Pollux.eventually(() -> assertEquals("200 hello", Client.get(port, "/greeting")));

        registration.setProperties(FrameworkUtil.asDictionary(Map.of("path", "/elsewhere")));
        Pollux.eventually(() -> assertEquals("200 hello", Client.get(port, "/elsewhere")));
        assertTrue(Client.get(port, "/greeting").startsWith("404"));

        registration.unregister();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/elsewhere").startsWith("404")));
    }

    @Test
    void theHandlerOfTheHigherRankingResponds() throws Exception {
        int port = port();
        register("/who", (request, response) -> response.send("low"));
        Pollux.eventually(() -> assertEquals("200 low", Client.get(port, "/who")));
        var high = context.registerService(
                HttpHandler.class,
                (request, response) -> response.send("high"),
                FrameworkUtil.asDictionary(Map.of("path", "/who", "service.ranking", 1)));
        Pollux.eventually(() -> assertEquals("200 high", Client.get(port, "/who")));
        high.unregister();
        Pollux.eventually(() -> assertEquals("200 low", Client.get(port, "/who")));
    }

    @Test
    void aFilterComesAndGoes() throws Exception {
        int port = port();
        register("/x", (request, response) -> response.send("x"));
        Pollux.eventually(() -> assertEquals("200 x", Client.get(port, "/x")));
        HttpFilter filter = (request, response, _) -> response.status(403).send("no");
        var filters =
                context.registerService(HttpFilter.class, filter, FrameworkUtil.asDictionary(Map.of("path", "/*")));
        Pollux.eventually(() -> assertEquals("403 no", Client.get(port, "/x")));
        filters.unregister();
        Pollux.eventually(() -> assertEquals("200 x", Client.get(port, "/x")));
    }

    @Test
    void anErrorPageComesChangesAndGoes() throws Exception {
        int port = port();
        Pollux.eventually(() -> assertEquals("404 404 Not Found\n", Client.get(port, "/nothing")));
        ErrorPage page = (status, request) -> new ErrorBody("text/plain", "page");
        var pages = context.registerService(
                ErrorPage.class, page, FrameworkUtil.asDictionary(Map.of("status", new int[] {404, 410})));
        Pollux.eventually(() -> assertEquals("404 page", Client.get(port, "/nothing")));
        pages.setProperties(FrameworkUtil.asDictionary(Map.of("path", "/this")));
        Pollux.eventually(() -> assertEquals("404 404 Not Found\n", Client.get(port, "/nothing")));
        assertEquals("404 page", Client.get(port, "/this"));
        pages.unregister();
        Pollux.eventually(() -> assertEquals("404 404 Not Found\n", Client.get(port, "/this")));
    }

    @Test
    void anUpdateOfTheServerRefusesAndCutsNobody() throws Exception {
        pollux.configure("pollux.runtime", Map.of("drain", 600));
        int port = port();
        var asked = new CompletableFuture<Response>();
        register("/slow", (request, response) -> asked.complete(response));
        var jdk = context.registerService(
                com.sun.net.httpserver.HttpHandler.class,
                HandlersIT::respondThroughTheJdk,
                FrameworkUtil.asDictionary(Map.of("path", "/jdk")));
        register("/quick", (request, response) -> response.send("quick"));
        Pollux.eventually(() -> assertEquals("200 GETtrue", Client.get(port, "/jdk")));
        Pollux.eventually(() -> assertEquals("200 quick", Client.get(port, "/quick")));

        var underWay = Client.asksFor(port, "/slow");
        Response late = asked.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try (var oneByOne = new Callers(2, each -> askOnce(each, port));
                var staying = new Callers(4, each -> keepAsking(each, port))) {
            for (int i = 0; i < 10; i++) {
                oneByOne.goOn();
                staying.goOn();
                pollux.update("protocol-http");
            }
            oneByOne.goOn();
            staying.goOn();
        }
        jdk.unregister();
        late.send("at last");
        assertEquals("200 at last", underWay.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** Each time on a connection of its own. */
    private static void askOnce(Callers callers, int port) throws IOException {
        while (callers.another()) {
            assertEquals("200 quick", Client.get(port, "/quick"));
            assertEquals("200 GETtrue", Client.get(port, "/jdk"));
        }
    }

    /** On one connection as long as the server keeps it: a request is always under way, or on its way. */
    private static void keepAsking(Callers callers, int port) throws IOException {
        boolean more = true;
        while (more) {
            try (var client = new Client(port)) {
                String response = "";
                while (more && !response.contains("Connection: close")) {
                    response = client.get("/quick");
                    assertTrue(response.startsWith("HTTP/1.1 200 OK") && response.endsWith("\nquick"), response);
                    more = callers.another();
                }
            }
        }
    }

    @Test
    void aHandlerOfTheJdkIsServedOnAThreadThatMayBlock() throws Exception {
        int port = port();
        var registration = context.registerService(
                com.sun.net.httpserver.HttpHandler.class,
                HandlersIT::respondThroughTheJdk,
                FrameworkUtil.asDictionary(Map.of("path", "/jdk/*")));
        Pollux.eventually(() -> assertEquals("200 GETtrue", Client.get(port, "/jdk/x")));
        registration.unregister();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/jdk/x").startsWith("404")));
    }

    private static void respondThroughTheJdk(HttpExchange exchange) throws IOException {
        String text =
                exchange.getRequestMethod() + Thread.currentThread().getName().startsWith("pollux-http-handler");
        exchange.sendResponseHeaders(200, text.length());
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }

    @Test
    void aHandlerThatGoesWhileItRespondsFinishesItsResponse() throws Exception {
        int port = port();
        var asked = new CompletableFuture<Response>();
        var slow = register("/slow", (request, response) -> asked.complete(response));
        register("/quick", (request, response) -> response.send("quick"));
        Pollux.eventually(() -> assertEquals("200 quick", Client.get(port, "/quick")));

        var response = Client.asksFor(port, "/slow");
        Response late = asked.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        slow.unregister();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/slow").startsWith("404")));
        late.send("at last");
        assertEquals("200 at last", response.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void theSamplesRespondWhileTheirBundleIsThere() throws Exception {
        int port = port();
        var samples = context.installBundle(Bundles.url("samples-http"));
        samples.start();
        Pollux.eventually(() -> assertEquals("200 Hello, World!", Client.get(port, "/plaintext")));
        assertEquals("200 {\"message\":\"Hello, World!\"}", Client.get(port, "/json"));
        Pollux.eventually(() -> assertTrue(Client.get(port, "/<x>").contains("nothing at /&lt;x&gt;.")));
        var home = Client.get(port, "/");
        assertTrue(home.startsWith("200 ") && home.contains("nio"), home);

        pollux.configure("pollux.samples.plaintext", Map.of("path", "/moved"));
        Pollux.eventually(() -> assertEquals("200 Hello, World!", Client.get(port, "/moved")));
        pollux.forget("pollux.samples.plaintext");
        pollux.configure("pollux.samples.errors", Map.of("status", "405"));
        Pollux.eventually(() -> assertEquals("404 404 Not Found\n", Client.get(port, "/<x>")));
        pollux.forget("pollux.samples.errors");

        samples.uninstall();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/json").startsWith("404")));
    }
}
