package org.pollux.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** What the dashboard sends over HTTP, and what it refuses. Chromium looks at the page itself: benchmarks/dashboard. */
@Timeout(60)
final class DashboardTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger swaps = new AtomicInteger();
    private final Feed feed = new Feed(() -> "{\"read\":" + reads.incrementAndGet() + "}", Duration.ofMillis(10));
    private final EventLoop loop;
    private int port;

    DashboardTest() throws IOException {
        loop = new EventLoop(new NioBackend());
    }

    @BeforeEach
    void serve() throws IOException {
        Routes routes = new Routes();
        for (Place place : Place.all(() -> "{\"read\":0}", server(), feed)) {
            Mount mount = Mount.at(place.paths().toArray(String[]::new)).methods(place.method());
            routes.add(place.handler(), place.blocks() ? mount.blocking() : mount);
        }
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
        port = ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
        Thread.startVirtualThread(loop::run);
    }

    @AfterEach
    void end() {
        feed.close();
        loop.close();
    }

    private Server server() {
        return (Server) Proxy.newProxyInstance(
                Server.class.getClassLoader(), new Class<?>[] {Server.class}, (_, method, arguments) -> {
                    assertEquals("swap", method.getName());
                    if (!arguments[0].equals("nio")) {
                        throw new IllegalArgumentException("The backend '" + arguments[0] + "' is unknown");
                    }
                    swaps.incrementAndGet();
                    return new SwapReport("libevent", "nio", 3, 2, Duration.ofMillis(1));
                });
    }

    private String ask(String method, String target, String host, String... fields) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            socket.getOutputStream()
                    .write((method + " " + target + " HTTP/1.0\r\nHost: " + host + "\r\n" + more + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String response) {
        return Integer.parseInt(response, 9, 12, 10);
    }

    private String get(String target) throws IOException {
        return ask("GET", target, "127.0.0.1:" + port);
    }

    @Test
    void thePageHasAllItsFilesFromHereAndNothingInline() throws IOException {
        String page = get("/dashboard");
        assertTrue(page.contains("Content-Type: text/html; charset=utf-8"), page);
        assertTrue(
                page.contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'"),
                page);
        assertFalse(page.contains("style=") || page.matches("(?s).*<script[^>]*>[^<].*") || page.contains("://"), page);
        Matcher files = Pattern.compile("(?:href|src)=\"([^#\"]+)\"").matcher(page);
        int count = 0;
        while (files.find()) {
            assertEquals(200, status(get("/" + files.group(1))), files.group(1));
            count++;
        }
        assertEquals(3, count);
        assertEquals(404, status(get("/dashboard/Guard.class")));
        assertEquals(page.substring(page.indexOf("<!doctype")), get("/").substring(get("/").indexOf("<!doctype")));
    }

    @Test
    void everyModuleThatAScriptImportsIsServed() throws IOException {
        for (String script : List.of("main.js", "traffic.js", "tables.js", "curve.js", "figures.js", "table.js")) {
            String text = get("/dashboard/" + script);
            assertTrue(text.contains("Content-Type: text/javascript"), text);
            assertTrue(text.contains("X-Content-Type-Options: nosniff"), text);
            Matcher imports = Pattern.compile("from \"\\./([a-z.]+)\"").matcher(text);
            while (imports.find()) {
                assertEquals(200, status(get("/dashboard/" + imports.group(1))), imports.group(1));
            }
        }
    }

    @Test
    void theStatusIsJsonThatNobodyKeeps() throws IOException {
        String response = get("/status.json");
        assertTrue(response.contains("Content-Type: application/json"), response);
        assertTrue(response.contains("Cache-Control: no-store"), response);
        assertTrue(response.endsWith("\r\n\r\n{\"read\":0}\n"), response);
    }

    @Test
    void theFeedSendsTheStatusAgainAndAgainWhileSomebodyListens() throws Exception {
        assertEquals(0, reads.get());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /dashboard/events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int events = 0;
            while (events < 3) {
                String line = lines.readLine();
                if (line.startsWith("data: ")) {
                    events++;
                    assertEquals("data: {\"read\":" + events + "}", line);
                }
            }
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (feed.pages() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(0, feed.pages(), "the page has gone, and nothing is kept for it");
    }

    @Test
    void aSwapIsAskedForByThisPageAlone() throws IOException {
        String here = "127.0.0.1:" + port;
        String field = "Pollux-Dashboard: swap";
        String target = "/dashboard/swap?backend=nio";
        assertEquals(405, status(ask("GET", target, here, field)));
        assertEquals(403, status(ask("POST", target, here)), "a form of another site has no such field");
        assertEquals(403, status(ask("POST", target, here, field, "Origin: http://evil.example")));
        assertEquals(403, status(ask("POST", target, here, field, "Origin: null")));
        assertEquals(403, status(ask("POST", target, here, field, "Sec-Fetch-Site: same-site")));
        assertEquals(
                403, status(ask("POST", target, "evil.example", field, "Origin: http://evil.example")), "rebinding");
        assertEquals(0, swaps.get());
        String done = ask("POST", target, here, field, "Origin: http://" + here, "Sec-Fetch-Site: same-origin");
        assertTrue(done.endsWith("libevent -> nio: 3 sources on 2 loops, longest pause 1.0 ms\n"), done);
        assertEquals(1, swaps.get());
    }

    @Test
    void aSwapThatCannotBeSaysWhy() throws IOException {
        String here = "127.0.0.1:" + port;
        assertEquals(400, status(ask("POST", "/dashboard/swap", here, "Pollux-Dashboard: swap")));
        String unknown = ask("POST", "/dashboard/swap?backend=x%3Cy", here, "Pollux-Dashboard: swap");
        assertEquals(404, status(unknown));
        assertTrue(unknown.contains("The backend 'x<y' is unknown"), unknown);
        assertTrue(unknown.contains("Content-Type: text/plain"), unknown);
    }

    @Test
    void nothingIsServedUnderAForeignName() throws IOException {
        for (String target : List.of("/dashboard", "/dashboard/main.js", "/dashboard/events", "/status.json")) {
            assertEquals(403, status(ask("GET", target, "evil.example:" + port)), target);
        }
        assertEquals(200, status(ask("GET", "/dashboard", "localhost")));
        assertEquals(200, status(ask("GET", "/dashboard", "[::1]:9464")));
    }
}
