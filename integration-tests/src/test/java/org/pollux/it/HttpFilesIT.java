package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;

/** Files and filters come, change and go with their configurations, while the server runs. */
@InContainer
final class HttpFilesIT {

    private static final String TEXT = "a text that repeats itself, ".repeat(100);

    @TempDir
    Path folder;

    private Pollux pollux;
    private Bundle http;
    private int port;

    @Configuration
    static Option[] container() {
        return new Option[] {
            Pollux.server(), Bundles.bundles("protocol-http-api", "protocol-http-files", "protocol-http-filters")
        };
    }

    @BeforeEach
    void serveHttp(BundleContext context) throws Exception {
        pollux = new Pollux(context);
        port = pollux.startHttp();
        http = pollux.bundle("protocol-http");
        Files.writeString(folder.resolve("a.txt"), TEXT);
        Files.writeString(folder.resolve("index.html"), "the index");
        Files.writeString(folder.resolve("other.html"), "the other");
    }

    @AfterEach
    void stopHttp() throws Exception {
        http.uninstall();
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
    }

    private Map<String, Object> site(String path, String index) {
        return Map.of("path", path, "folder", folder.toString(), "index", index);
    }

    private void assertEventually(String response, String path) throws Exception {
        Pollux.eventually(() -> assertEquals(response, Client.get(port, path)));
    }

    private HttpResponse<String> ask(String path, String... fields) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .headers(fields)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aFolderComesChangesAndGoes() throws Exception {
        assertTrue(Client.get(port, "/site/").startsWith("404"));

        pollux.configure("pollux.http.files~site", site("/site", "index.html"));
        assertEventually("200 the index", "/site/");
        assertEquals("200 " + TEXT, Client.get(port, "/site/a.txt"));
        assertTrue(Client.get(port, "/site").startsWith("301"));

        pollux.configure("pollux.http.files~site", site("/site", "none.html, other.html"));
        assertEventually("200 the other", "/site/");

        pollux.configure("pollux.http.files~site", site("/", "index.html"));
        assertEventually("200 the index", "/");
        assertTrue(Client.get(port, "/site/").startsWith("404"));

        pollux.configure("pollux.http.files~second", site("/second", "other.html"));
        assertEventually("200 the other", "/second/");
        assertEquals("200 the index", Client.get(port, "/"));

        pollux.forget("pollux.http.files~second");
        pollux.forget("pollux.http.files~site");
        Pollux.eventually(() -> assertTrue(Client.get(port, "/").startsWith("404")));
    }

    @Test
    void aConfigurationWithoutAFolderKeepsTheOneBefore() throws Exception {
        pollux.configure("pollux.http.files~bad", site("/bad", "index.html"));
        assertEventually("200 the index", "/bad/");
        pollux.configure("pollux.http.files~bad", Map.of("path", "/moved"));
        assertEventually("200 the index", "/moved/");
        pollux.forget("pollux.http.files~bad");
        Pollux.eventually(() -> assertTrue(Client.get(port, "/moved/").startsWith("404")));
    }

    @Test
    void filtersComeAndGo() throws Exception {
        pollux.configure("pollux.http.files~site", site("/filtered", "index.html"));
        assertEventually("200 the index", "/filtered/");
        String[] gzip = {"Accept-Encoding", "gzip"};
        assertTrue(ask("/filtered/a.txt", gzip)
                .headers()
                .firstValue("Content-Encoding")
                .isEmpty());

        pollux.configure("pollux.http.gzip", Map.of());
        pollux.configure("pollux.http.requestid", Map.of());
        Pollux.eventually(() -> {
            var response = ask("/filtered/a.txt", gzip).headers();
            assertEquals(List.of("gzip"), response.allValues("Content-Encoding"));
            assertEquals(1, response.allValues("X-Request-Id").size());
        });
        assertEquals(TEXT, ask("/filtered/a.txt", "A", "b").body());

        pollux.configure("pollux.http.gzip", Map.of("minLength", "1000000"));
        Pollux.eventually(() -> assertEquals(TEXT, ask("/filtered/a.txt", gzip).body()));

        pollux.forget("pollux.http.requestid");
        pollux.forget("pollux.http.gzip");
        Pollux.eventually(() ->
                assertEquals(List.of(), ask("/filtered/a.txt", gzip).headers().allValues("X-Request-Id")));
        pollux.forget("pollux.http.files~site");
    }

    @Test
    void usersAndOriginsAreKnownWhileTheirConfigurationsExist() throws Exception {
        pollux.configure("pollux.http.files~site", site("/users", "index.html"));
        assertEventually("200 the index", "/users/");
        Path users = folder.resolve("htpasswd"); // the password is "Hello world!"
        Files.writeString(users, "ada:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5\n");
        pollux.configure("pollux.http.basic", Map.of("path", "/users/*", "file", users.toString()));
        pollux.configure("pollux.http.cors", Map.of("origins", "https://app.example.org", "allowedMethods", "PUT"));
        assertEventually("401 401 Unauthorized\n", "/users/");
        Pollux.eventually(() -> {
            var response = ask(
                    "/users/", "Authorization", "Basic YWRhOkhlbGxvIHdvcmxkIQ==", "Origin", "https://app.example.org");
            assertEquals("the index", response.body());
            assertEquals(
                    List.of("https://app.example.org"), response.headers().allValues("Access-Control-Allow-Origin"));
        });
        pollux.forget("pollux.http.cors");
        pollux.forget("pollux.http.basic");
        assertEventually("200 the index", "/users/");
        pollux.forget("pollux.http.files~site");
    }

    @Test
    void theAccessLogHasTheClientBehindTheProxy() throws Exception {
        Path log = folder.resolve("log/access.log");
        pollux.configure("pollux.http.forwarded", Map.of("trusted", "127.0.0.0/8"));
        pollux.configure("pollux.http.accesslog", Map.of("file", log.toString()));
        Pollux.eventually(() -> {
            ask("/x", "X-Forwarded-For", "192.0.2.7", "User-Agent", "me");
            assertTrue(Files.exists(log) && Files.readString(log).contains("192.0.2.7 - - ["));
        });
        pollux.forget("pollux.http.accesslog");
        pollux.forget("pollux.http.forwarded");
        Pollux.eventually(() -> assertEquals(
                0L,
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("pollux-access-log"))
                        .count()));
        var lines = Files.readAllLines(log);
        assertTrue(lines.getLast().matches(".*\\] \"GET /x HTTP/1.1\" 404 14 \"-\" \"me\""), lines::toString);
    }

    @Test
    void aRedirectComesAndGoes() throws Exception {
        pollux.configure("pollux.http.redirect~old", Map.of("path", "/old", "target", "/new", "status", "302"));
        Pollux.eventually(() -> {
            var response = ask("/old/a?b", "A", "b");
            assertEquals(302, response.statusCode());
            assertEquals("/new/a?b", response.headers().firstValue("Location").orElse(""));
        });
        pollux.forget("pollux.http.redirect~old");
        Pollux.eventually(() -> assertTrue(Client.get(port, "/old").startsWith("404")));
    }
}
