package org.pollux.http.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The whiteboard of handler services: what their properties mean, and what their changes do. */
class HttpServerComponentTest {

    private final HttpServerComponent component = new HttpServerComponent();
    private final HttpHandler handler = (request, response) -> response.send("x");

    private String get(String path) {
        return request("GET", path, "h");
    }

    private String request(String method, String path, String host) {
        HandConnection client = new HandConnection(new HandReactor(), component);
        String answer = client.receive(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .takeSent();
        return answer.startsWith("HTTP/1.1 200 ")
                ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                : answer.substring(9, 12);
    }

    @Test
    void aPathIsATextOrSeveral() {
        for (Object paths : List.of("/x", "/a, /x", new String[] {"/a", "/x"}, List.of("/x", "/a"), " /x ,")) {
            Service<HttpHandler> service = new Service<>(1, Map.of("path", paths));
            component.addHandler(handler, service);
            assertEquals("x", get("/x"));
            component.remove(service);
            assertEquals("404", get("/x"));
        }
    }

    @Test
    void aHandlerWithoutAPathOrWithABadOneHarmsNobody() {
        component.addHandler(handler, new Service<>(1, Map.of()));
        component.addHandler(handler, new Service<>(2, Map.of("path", "")));
        component.addHandler(handler, new Service<>(3, Map.of("path", "/fi*les, /x")));
        assertEquals("x", get("/x"));
        assertEquals("404", get("/fi*les"));
    }

    @Test
    void aChangedPathCounts() {
        Service<HttpHandler> service = new Service<>(1, Map.of("path", "/a"));
        component.addHandler(handler, service);
        service.properties = Map.of("path", "/b");
        component.change(service);
        assertEquals("404", get("/a"));
        assertEquals("x", get("/b"));
        service.properties = Map.of("path", "none");
        component.change(service);
        assertEquals("404", get("/b"));
        service.properties = Map.of("path", "/a");
        component.change(service);
        assertEquals("x", get("/a"));
    }

    @Test
    void theServiceRankingDecides() {
        component.addHandler(handler, new Service<>(2, Map.of("path", "/x")));
        component.addHandler((request, response) -> response.send("older"), new Service<>(1, Map.of("path", "/x")));
        assertEquals("older", get("/x"));
        Service<HttpHandler> ranked = new Service<>(3, Map.of("path", "/x", Constants.SERVICE_RANKING, 1));
        component.addHandler((request, response) -> response.send("ranked"), ranked);
        assertEquals("ranked", get("/x"));
        ranked.properties = Map.of("path", "/x", Constants.SERVICE_RANKING, -1);
        component.change(ranked);
        assertEquals("older", get("/x"));
    }

    @Test
    void methodsHostsAndSubpathsAreProperties() {
        Service<HttpHandler> service = new Service<>(
                1, Map.of("path", "/x", "methods", "POST, PUT", "host", new String[] {"a", "b"}, "subpaths", "true"));
        component.addHandler(handler, service);
        assertEquals("404", get("/x"));
        assertEquals("405", request("GET", "/x", "a"));
        assertEquals("x", request("POST", "/x/y", "b"));
        assertEquals("x", request("PUT", "/x", "A:80"));
        service.properties = Map.of("path", "/x", "methods", List.of("GET", "G T"));
        component.change(service);
        assertEquals("x", get("/x"));
        assertEquals("404", get("/x/y"));
    }

    @Test
    void aHandlerThatBlocksHasAThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> own = new CompletableFuture<>();
        component.addHandler(
                (request, response) -> own.complete(Thread.currentThread()),
                new Service<>(1, Map.of("path", "/x", "blocking", true)));
        HandConnection client = new HandConnection(new HandReactor(), component);
        client.receive("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
        Thread called = own.get(40, TimeUnit.SECONDS);
        assertTrue(called != Thread.currentThread() && !called.isVirtual());
    }

    @Test
    void filtersAreServicesToo() {
        component.addHandler(handler, new Service<>(1, Map.of("path", "/x")));
        HttpFilter filter = (request, response, next) -> response.send("filtered");
        Service<HttpFilter> service = new Service<>(2, Map.of("path", "/*"));
        component.addFilter(filter, service);
        assertEquals("filtered", get("/x"));
        service.properties = Map.of("path", "/y");
        component.change(service);
        assertEquals("x", get("/x"));
        assertEquals("filtered", get("/y"));
        component.remove(service);
        assertEquals("404", get("/y"));
    }

    @Test
    void thePathsAreReportedWithTheirBundlesFiltersAndThreads() {
        component.addHandler(handler, new Service<>(1, Map.of("path", "/x, /a/{id}", "methods", "PUT")));
        component.addHandler(handler, new Service<>(2, Map.of("path", "/b", "host", "h", "blocking", true)));
        HttpFilter filter = (request, response, next) -> next.handle(request, response);
        component.addFilter(filter, new Service<>(3, Map.of("path", "/*", "name", "all")));
        component.addFilter(
                filter, new Service<>(4, Map.of("path", "/x", "name", "one", Constants.SERVICE_RANKING, 1)));
        List<ServedPath> paths = component.servedPaths();
        assertEquals(
                List.of("/a/{id} [PUT] [] false", "/b [GET] [h] true", "/x [PUT] [] false"),
                paths.stream()
                        .map(path -> path.path() + " " + path.methods() + " " + path.hosts() + " " + path.blocking())
                        .toList());
        assertEquals(List.of("one", "all"), paths.getLast().filters(), "the one that sees a request first");
        assertEquals(List.of("all"), paths.getFirst().filters());
    }

    @Test
    void aFilterThatLosesItsPathStaysWhereItIs() {
        component.addHandler(handler, new Service<>(1, Map.of("path", "/x")));
        HttpFilter filter = (request, response, next) -> response.send("filtered");
        Service<HttpFilter> service = new Service<>(2, Map.of("path", "/*"));
        component.addFilter(filter, service);
        for (Map<String, ?> properties :
                List.of(Map.<String, Object>of(), Map.of("path", "/fi*les"), Map.of("path", ""))) {
            service.properties = properties;
            component.change(service);
            assertEquals("filtered", get("/x"));
        }
        service.properties = Map.of("path", "/y");
        component.change(service);
        assertEquals("x", get("/x"));
    }

    @Test
    void errorPagesAreServicesToo() {
        ErrorPage page = (status, request) -> new ErrorBody("text/plain", "page");
        Service<ErrorPage> service = new Service<>(1, Map.of());
        component.addErrorPage(page, service);
        assertEquals("page", errorBody("/x", "h"));
        for (Object statuses : List.of(new int[] {404, 405}, new Integer[] {404}, "404, 405", 404)) {
            service.properties = Map.of("status", statuses, "path", "/x", "subpaths", "true", "host", "a");
            component.change(service);
            assertEquals("page", errorBody("/x/y", "a"));
            assertEquals("404 Not Found\n", errorBody("/x", "b"));
            assertEquals("404 Not Found\n", errorBody("/y", "a"));
        }
        component.remove(service);
        assertEquals("404 Not Found\n", errorBody("/x", "a"));
    }

    @Test
    void anErrorPageForNothingThatThereIsIsNotTakenForOneForAll() {
        for (Map<String, ?> properties : List.of(
                Map.of("status", "x"), Map.of("status", 200), Map.of("path", "none"), Map.of("status", 40400))) {
            Service<ErrorPage> service = new Service<>(1, properties);
            component.addErrorPage((status, request) -> new ErrorBody("text/plain", "page"), service);
            assertEquals("404 Not Found\n", errorBody("/x", "h"));
            component.remove(service);
        }
    }

    private String errorBody(String path, String host) {
        HandConnection client = new HandConnection(new HandReactor(), component);
        String answer = client.receive("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .takeSent();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** As much of a service as the component asks. */
    private static final class Service<T> implements ServiceReference<T> {

        private final long id;
        private Map<String, ?> properties;

        Service(long id, Map<String, ?> properties) {
            this.id = id;
            this.properties = properties;
        }

        @Override
        public @Nullable Object getProperty(String key) {
            return key.equals(Constants.SERVICE_ID) ? (Object) id : properties.get(key);
        }

        @Override
        public String[] getPropertyKeys() {
            return properties.keySet().toArray(String[]::new);
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            throw new AssertionError();
        }

        @Override
        public @Nullable Bundle getBundle() {
            return null;
        }

        @Override
        public Bundle[] getUsingBundles() {
            return new Bundle[0];
        }

        @Override
        public boolean isAssignableTo(Bundle bundle, String className) {
            return true;
        }

        @Override
        public int compareTo(Object reference) {
            return Long.compare(((Service<?>) reference).id, id);
        }

        @Override
        public <A> A adapt(Class<A> type) {
            throw new AssertionError();
        }
    }
}
