package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a running distribution: metrics, health, the dashboard, a recording, and a stop that is announced. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AdministrationIT {

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static String http;
    private static String admin;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        int httpPort = freePort();
        int adminPort = freePort();
        http = "http://127.0.0.1:" + httpPort;
        admin = "http://127.0.0.1:" + adminPort;
        server = ServerProcess.running(
                folder.resolve("home"),
                "--set",
                "pollux.http.endpoint=tcp://127.0.0.1:" + httpPort,
                "--set",
                "pollux.admin.endpoint=tcp://127.0.0.1:" + adminPort,
                "--set",
                "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.health.ready=/ready",
                "--set",
                "pollux.runtime.stopDelay=600");
        token = "Bearer "
                + Files.readString(folder.resolve("home/run/admin.token")).strip();
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** On a connection of its own. */
    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder get(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static int status(String url) throws IOException, InterruptedException {
        return send(get(url)).statusCode();
    }

    @Test
    @Order(1)
    void a_client_with_the_token_gets_metrics_and_the_dashboard() throws Exception {
        for (String path : new String[] {"/metrics", "/", "/status.json", "/dashboard/swap"}) {
            assertEquals(401, status(admin + path), path);
        }
        assertEquals(
                401,
                send(get(admin + "/metrics").header("Authorization", "Bearer guessed"))
                        .statusCode());
        String metrics =
                send(get(admin + "/metrics").header("Authorization", token)).body();
        assertTrue(metrics.contains("pollux_state{state=\"running\"} 1"), metrics);
        String page = send(get(admin + "/").header("Authorization", token)).body();
        assertTrue(page.contains("<title>"), page);
    }

    @Test
    @Order(2)
    void health_needs_no_token_and_is_at_the_configured_path_of_http_too() throws Exception {
        for (String url : new String[] {admin + "/health/live", admin + "/health/ready", http + "/ready"}) {
            server.await(url, () -> status(url) == 200); // a handler may follow its endpoint
        }
    }

    @Test
    @Order(3)
    void the_dashboard_swaps_the_backend() throws Exception {
        HttpResponse<String> swapped = send(get(admin + "/dashboard/swap?backend=nio")
                .header("Authorization", token)
                .header("Pollux-Dashboard", "1")
                .POST(BodyPublishers.noBody()));
        assertEquals(200, swapped.statusCode(), swapped.body());
        assertTrue(server.shell("status").text().contains("nio"));
    }

    /** A recording changes the classes of events: they then use packages of the JDK that no bundle imports. */
    @Test
    @Order(4)
    void requests_are_served_while_a_recording_is_made_and_it_has_them() throws Exception {
        CompletableFuture<ServerProcess.Answer> recording =
                CompletableFuture.supplyAsync(() -> server.shell("record --for 1s"));
        do {
            assertEquals(200, status(http + "/ready"));
        } while (!recording.isDone());
        ServerProcess.Answer answer = recording.get(30, TimeUnit.SECONDS);
        assertEquals(0, answer.status(), answer.text());
        try (Stream<Path> files = Files.list(folder.resolve("home/log"))) {
            Path file = files.filter(each -> each.toString().endsWith(".jfr"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(answer.text()));
            Set<String> events = RecordingFile.readAllEvents(file).stream()
                    .map(event -> event.getEventType().getName())
                    .collect(Collectors.toSet());
            assertTrue(events.contains("org.pollux.ConnectionOpened"), events::toString);
            assertTrue(events.contains("org.pollux.ConnectionClosed"), events::toString);
        }
    }

    @Test
    @Order(5)
    void a_server_that_is_asked_to_stop_is_not_ready_and_serves_until_the_delay_is_over() throws Exception {
        server.terminate();
        server.await("it is not ready", () -> status(http + "/ready") == 503 && status(admin + "/health/ready") == 503);
        assertEquals(200, status(admin + "/health/live"));
        assertTrue(server.shell("health").text().contains("the server is stopping"));
    }
}
