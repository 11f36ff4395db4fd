package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a site, copied into a running server and taken away again, with filters beside it; and rankings. */
final class SiteSampleIT {

    private static final Path SAMPLE = ServerProcess.DISTRIBUTION.resolve("samples/site");
    private static final Pattern HTTP = Pattern.compile("tcp://127\\.0\\.0\\.1:0 \\((\\d+)\\) .*protocol-http");

    @TempDir
    private Path folder;

    @Test
    void a_site_is_served_while_its_configuration_is_there() throws Exception {
        try (ServerProcess server = ServerProcess.running(
                folder,
                "--set",
                "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.http.endpoint=tcp://127.0.0.1:0")) {
            URI site = URI.create("http://127.0.0.1:" + port(server) + "/site/");
            assertEquals(404, get(site).statusCode());

            copy(SAMPLE.resolve("www"), folder.resolve("www"));
            Path configuration = server.home().conf().resolve("pollux.http.files-site.cfg");
            Files.copy(SAMPLE.resolve("pollux.http.files-site.cfg"), configuration);
            server.await("the site is there", () -> get(site).statusCode() == 200);
            assertEquals(
                    Files.readString(SAMPLE.resolve("www/index.html")),
                    get(site).body());

            // an empty file turns a filter on
            Files.createFile(server.home().conf().resolve("pollux.http.requestid.cfg"));
            server.await(
                    "requests have ids",
                    () -> get(site).headers().firstValue("X-Request-Id").isPresent());
            Files.createFile(server.home().conf().resolve("pollux.http.accesslog.cfg"));
            server.await(
                    "the access log is written",
                    () -> get(site).statusCode() == 200
                            && Files.exists(server.home().log().resolve("access.log"))
                            && Files.readString(server.home().log().resolve("access.log"))
                                    .contains("GET /site/ HTTP/1.1"));

            Files.delete(configuration);
            server.await("the site is gone", () -> get(site).statusCode() == 404);
        }
    }

    @Test
    void a_ranking_in_a_file_decides_who_answers() throws Exception {
        try (ServerProcess server = ServerProcess.running(
                folder,
                "--samples",
                "--set",
                "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.http.endpoint=tcp://127.0.0.1:0",
                "--set",
                "pollux.samples.plaintext.service.ranking=5")) {
            URI uri = URI.create("http://127.0.0.1:" + port(server) + "/plaintext");
            Path json = server.home().conf().resolve("pollux.samples.json.cfg");
            Files.writeString(json, "path = /plaintext\nservice.ranking = 6\n");
            server.await("the higher one answers", () -> get(uri).body().startsWith("{"));
            Files.writeString(json, "path = /plaintext\nservice.ranking = 4\n");
            server.await("the lower one does not", () -> get(uri).body().equals("Hello, World!"));
        }
    }

    private static String port(ServerProcess server) {
        Matcher endpoint = HTTP.matcher(server.shell("pollux:status").text());
        assertEquals(true, endpoint.find());
        return endpoint.group(1);
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
