package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.HttpSettings;
import org.pollux.http.server.Routes;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** What the samples answer, on the real server; and what the page shows. */
@Timeout(60)
class SamplesTest {

    @Test
    void plaintextIsThirteenBytes() throws Exception {
        HttpResponse<byte[]> answer = get(new Plaintext());
        assertEquals("Hello, World!", new String(answer.body(), UTF_8));
        assertEquals(13, answer.body().length);
        assertEquals("text/plain", answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void jsonIsAnObject() throws Exception {
        HttpResponse<byte[]> answer = get(new Json());
        assertEquals("{\"message\":\"Hello, World!\"}", new String(answer.body(), UTF_8));
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void homeWithoutTheServersServiceSaysSo() throws Exception {
        HttpResponse<byte[]> answer = get(new Home());
        assertTrue(new String(answer.body(), UTF_8).contains("its status service is not there"));
        assertEquals(
                "text/html; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }

    private static HttpResponse<byte[]> get(HttpHandler handler) throws Exception {
        Routes routes = new Routes();
        routes.add(handler, "/");
        try (EventLoop loop = new EventLoop(new NioBackend());
                HttpClient client = HttpClient.newHttpClient()) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
            int port = ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
            Thread.startVirtualThread(loop::run);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode());
            return answer;
        }
    }

    @Test
    void thePageShowsWhatRuns() {
        String page = HomePage.of(Optional.of(status("tcp://127.0.0.1:8080")));
        for (String text : List.of(
                "1.2.3",
                "up for 1 d 2 h 3 min",
                "<b>nio</b>",
                "2 loops",
                "tcp://127.0.0.1:8080",
                "Selector",
                "4.5 MiB")) {
            assertTrue(page.contains(text), text);
        }
    }

    @Test
    void thePageTakesNothingForMarkup() {
        String page = HomePage.of(Optional.of(status("<script>alert('\"&')</script>")));
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;"));
    }

    private static ServerStatus status(String endpoint) {
        LoopStatus loop = new LoopStatus("pollux-loop-0", "nio", 3, 2, 1_000_000, 4_718_592, 12);
        return new ServerStatus(
                "1.2.3",
                Duration.ofDays(1).plusHours(2).plusMinutes(3),
                "nio",
                List.of(new BackendStatus("nio", "java.nio.channels.Selector", BackendStatus.State.POLLS)),
                List.of(loop, loop),
                List.of(new EndpointStatus(
                        endpoint,
                        "org.pollux.protocol-http",
                        EndpointStatus.State.FAILED,
                        Optional.empty(),
                        0,
                        0,
                        Optional.of("The port is in use: <choose another>"))));
    }
}
