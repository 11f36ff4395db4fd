package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

/** A WebSocket handler comes, is updated and goes, while clients of the JDK are connected. */
@InContainer
final class WebSocketIT {

    private BundleContext context;
    private Pollux pollux;
    private Bundle http;
    private int port;

    /** Hears texts and closes. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            all.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code);
            return null;
        }

        void next(String expected) throws InterruptedException {
            assertEquals(expected, all.poll(30, TimeUnit.SECONDS));
        }
    }

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("protocol-http-api", "protocol-http-websocket")};
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
        http.uninstall();
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    private WebSocket connect(HttpClient client, Heard heard) throws Exception {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/websocket/echo"), heard)
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void aHandlerComesIsUpdatedAndGoes() throws Exception {
        Bundle samples = context.installBundle(Bundles.url("samples-http"));
        samples.start();
        Pollux.eventually(() -> assertTrue(Client.get(port, "/websocket/echo").startsWith("426")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            Heard first = new Heard();
            connect(client, first).sendText("hello", true).get(30, TimeUnit.SECONDS);
            first.next("hello");
            pollux.update("samples-http");
            first.next("closed 1012");
            Heard second = new Heard();
            connect(client, second).sendText("again", true).get(30, TimeUnit.SECONDS);
            second.next("again");
            assertTrue(
                    pollux.status().limits().stream()
                            .anyMatch(met -> met.limit().equals("WebSocket was not asked for (426)")),
                    () -> pollux.status().limits().toString());
            samples.uninstall();
            second.next("closed 1012");
            Pollux.eventually(
                    () -> assertTrue(Client.get(port, "/websocket/echo").startsWith("404")));
        }
    }
}
