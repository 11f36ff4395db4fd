package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.pollux.http.HttpHandler;
import org.pollux.http.client.HttpClient;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponse;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.Server;

/** The client as a service, against our own server in the same framework. */
@InContainer
final class HttpClientIT {

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("protocol-http-api", "protocol-http-client")};
    }

    private static boolean hasThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("pollux-http-client"));
    }

    @Test
    void theServiceFetchesAndEndsWithItsBundle(BundleContext context) throws Exception {
        Pollux pollux = new Pollux(context);
        pollux.configure("pollux.http.client", Map.of("userAgent", "container"));
        HttpHandler greets = (request, response) ->
                response.send("hello " + request.headers().first("User-Agent").orElse("nobody"));
        HttpHandler sleeps = (request, response) -> {};
        context.registerService(HttpHandler.class, greets, FrameworkUtil.asDictionary(Map.of("path", "/hello")));
        context.registerService(HttpHandler.class, sleeps, FrameworkUtil.asDictionary(Map.of("path", "/never")));
        String url = "http://127.0.0.1:" + pollux.startHttp();

        HttpClient client = client(context);
        assertEquals("hello container", fetch(client, url + "/hello").text());
        assertTrue(hasThread());
        PoolStatus pool = Services.await(context, Server.class, Pollux.PATIENCE)
                .status()
                .pools()
                .getFirst();
        assertEquals("pollux.http.client, opened 1", pool.name() + ", opened " + pool.opened());
        ExecutionException withoutEngine =
                assertThrows(ExecutionException.class, () -> fetch(client, url.replace("http:", "https:") + "/hello"));
        assertTrue(
                String.valueOf(withoutEngine.getCause())
                        .contains("there is no TLS engine: start the bundle reactor-tls-openssl or reactor-tls-jsse"),
                withoutEngine::toString);

        CompletableFuture<HttpResponse> never = client.send(HttpRequest.get(url + "/never"), 1000);
        Bundle bundle = FrameworkUtil.getBundle(client.getClass());
        bundle.stop();
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> never.get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        HttpFailure cause = assertInstanceOf(HttpFailure.class, failure.getCause());
        assertEquals(HttpFailure.Reason.CLIENT_CLOSED, cause.reason());
        Pollux.eventually(() -> assertTrue(!hasThread()));

        bundle.start();
        assertEquals("hello container", fetch(client(context), url + "/hello").text());
    }

    private static HttpClient client(BundleContext context) throws Exception {
        return Services.await(context, HttpClient.class, Pollux.PATIENCE);
    }

    private static HttpResponse fetch(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.get(url), 1000).get(Pollux.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
