package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import jakarta.servlet.Filter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

/** Servlets, filters and listeners of the OSGi Servlet Whiteboard, behind Felix's bridge. */
@InContainer
final class ServletIT {

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final List<ServiceRegistration<?>> registered = new ArrayList<>();
    private BundleContext context;
    private Pollux pollux;
    private Bundle http;
    private int port;

    @Configuration
    static Option[] container() {
        return new Option[] {
            Pollux.server(),
            systemPackages("org.slf4j;version=1.7.36", "org.slf4j.helpers;version=1.7.36"), // of the bridge
            Bundles.bundles(
                    "protocol-http-api",
                    "org.apache.felix.http.servlet-api",
                    "org.apache.felix.http.bridge",
                    "protocol-http-servlet")
        };
    }

    @BeforeEach
    void serveHttp(BundleContext inside) throws Exception {
        context = inside;
        pollux = new Pollux(inside);
        port = pollux.startHttp();
        http = pollux.bundle("protocol-http");
    }

    @AfterEach
    void stopHttp() throws Exception {
        registered.forEach(ServiceRegistration::unregister);
        client.close();
        http.uninstall();
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitHello() throws InterruptedException {
        Pollux.eventually(() -> assertEquals(200, get("/servlets/hello").statusCode()));
    }

    @Test
    void servletsComeAreUpdatedAndGoAndSessionsStay() throws Exception {
        Bundle samples = context.installBundle(Bundles.url("samples-servlets"));
        samples.start();
        awaitHello();
        assertEquals("Hello from javax.servlet\n", get("/servlets/former").body());
        Pollux.eventually(() ->
                assertEquals("Hello from HttpService\n", get("/registered").body()));
        assertEquals(
                "A file of the bundle\n", get("/registered/files/hello.txt").body());

        assertEquals("visit 1\n", get("/servlets/visits").body());
        assertEquals("visit 2\n", get("/servlets/visits").body());
        pollux.update("samples-servlets");
        awaitHello();
        assertEquals("visit 3\n", get("/servlets/visits").body());
        pollux.update("protocol-http-servlet");
        awaitHello();
        assertEquals("visit 4\n", get("/servlets/visits").body());

        samples.uninstall();
        Pollux.eventually(() -> assertEquals(404, get("/servlets/hello").statusCode()));
    }

    @Test
    void filtersListenersAndErrorPagesAreServices() throws Exception {
        CountDownLatch created = new CountDownLatch(1);
        Filter filter = (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("X-Filtered", "yes");
            chain.doFilter(request, response);
        };
        HttpSessionListener listener = new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                created.countDown();
            }
        };
        var filters = context.registerService(
                Filter.class,
                filter,
                FrameworkUtil.asDictionary(Map.of("osgi.http.whiteboard.filter.pattern", "/servlets/*")));
        var listeners = context.registerService(
                HttpSessionListener.class,
                listener,
                FrameworkUtil.asDictionary(Map.of("osgi.http.whiteboard.listener", "true")));
        Bundle samples = context.installBundle(Bundles.url("samples-servlets"));
        samples.start();
        awaitHello();
        assertEquals(
                "yes",
                get("/servlets/visits").headers().firstValue("X-Filtered").orElse("no"));
        assertTrue(created.await(30, TimeUnit.SECONDS));
        HttpResponse<String> gone = get("/servlets/gone");
        assertEquals("410 gone, because it has moved\n", gone.statusCode() + " " + gone.body());
        samples.uninstall();
        filters.unregister();
        listeners.unregister();
    }

    @FunctionalInterface
    private interface Service {
        void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** Registers a servlet at a path. Further properties follow as name and value. */
    private void serve(String path, Service service, Object... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "osgi.http.whiteboard.servlet.pattern", path, "osgi.http.whiteboard.servlet.asyncSupported", true));
        for (int i = 0; i < more.length; i += 2) {
            properties.put((String) more[i], more[i + 1]);
        }
        HttpServlet servlet = new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                service.service(request, response);
            }
        };
        registered.add(context.registerService(Servlet.class, servlet, FrameworkUtil.asDictionary(properties)));
    }

    @Test
    void aServletForwardsIncludesAndDispatchesToAnotherServlet() throws Exception {
        serve(
                "/target",
                (request, response) -> response.getWriter()
                        .print(request.getDispatcherType() + " " + request.getServletPath() + " "
                                + request.getParameter("p")));
        serve(
                "/forward",
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response));
        serve("/include", (request, response) -> {
            response.getWriter().print("[");
            request.getRequestDispatcher("/target").include(request, response);
            response.getWriter().print("]");
        });
        serve(
                "/async",
                (request, response) -> request.startAsync(request, response).dispatch("/target?p=2"));
        Pollux.eventually(() -> assertEquals(200, get("/target").statusCode()));
        assertEquals("FORWARD /target 1", get("/forward?p=1").body());
        assertEquals("[INCLUDE /include 1]", get("/include?p=1").body());
        assertEquals("ASYNC /target 2", get("/async?p=1").body());
    }

    @Test
    void aFaultOfAServletHasThePageOfItsClassAndItsStatus() throws Exception {
        serve("/fails", (_, _) -> {
            throw new FileNotFoundException("lost");
        });
        serve("/unavailable", (_, _) -> {
            throw new UnavailableException("for a moment", 7);
        });
        serve(
                "/page",
                (request, response) ->
                        response.getWriter().print("page of " + request.getAttribute(RequestDispatcher.ERROR_MESSAGE)),
                "osgi.http.whiteboard.servlet.errorPage",
                IOException.class.getName());
        Pollux.eventually(() -> assertEquals(500, get("/fails").statusCode()));
        assertTrue(get("/fails").body().startsWith("page of "));
        HttpResponse<String> unavailable = get("/unavailable");
        assertEquals(503, unavailable.statusCode());
        assertEquals("7", unavailable.headers().firstValue("Retry-After").orElse("none"));
    }
}
