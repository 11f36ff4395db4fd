package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.DescriptorStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** What the samples send, on the real server; and what the page shows. */
@Timeout(60)
class SamplesTest {

    @Test
    void plaintextIsThirteenBytes() throws Exception {
        HttpResponse<byte[]> received = get(new Plaintext());
        assertEquals("Hello, World!", new String(received.body(), UTF_8));
        assertEquals(13, received.body().length);
        assertEquals("text/plain", received.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void jsonIsAnObject() throws Exception {
        HttpResponse<byte[]> received = get(new Json());
        assertEquals("{\"message\":\"Hello, World!\"}", new String(received.body(), UTF_8));
        assertEquals(
                "application/json",
                received.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void homeWithoutTheServersServiceSaysSo() throws Exception {
        HttpResponse<byte[]> received = get(new Home());
        assertTrue(new String(received.body(), UTF_8).contains("has no status service"));
        assertEquals(
                "text/html; charset=utf-8",
                received.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void echoSendsBackWhatItGets() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        HttpRequest.Builder request =
                request().header("Content-Type", "image/png").PUT(HttpRequest.BodyPublishers.ofByteArray(large));
        HttpResponse<byte[]> received =
                send(new Echo(), Mount.at("/").methods("*"), request, BodyHandlers.ofByteArray());
        assertArrayEquals(large, received.body());
        assertEquals("image/png", received.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(0, get(new Echo()).body().length);
    }

    @Test
    void uploadCounts() throws Exception {
        HttpRequest.Builder request = request().POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1_234_567]));
        Mount mount = Mount.at("/").methods("POST");
        assertEquals(
                "1234567",
                send(new Upload(), mount, request, BodyHandlers.ofString()).body());
    }

    @Test
    void bytesSendsAsManyAsItIsAskedFor() throws Exception {
        for (int count : new int[] {0, 1, 65_536, 1_234_567}) {
            assertArrayEquals(new byte[count], bytes(Integer.toString(count)).body());
        }
    }

    @Test
    void bytesRefusesWhatIsNoNumber() throws Exception {
        for (String count : List.of("-1", "many", "9999999999999999999")) {
            assertEquals(404, bytes(count).statusCode(), count);
        }
    }

    private static HttpResponse<byte[]> bytes(String count) throws Exception {
        return send(new Bytes(), Mount.at("/bytes/{count}"), "/bytes/" + count, request(), BodyHandlers.ofByteArray());
    }

    @Test
    void digestReadsAStream() throws Exception {
        HttpRequest.Builder request = request().POST(HttpRequest.BodyPublishers.ofString("abc"));
        Mount mount = Mount.at("/").methods("POST").blocking();
        HttpResponse<String> received = send(new Digest(), mount, request, BodyHandlers.ofString());
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n", received.body());
    }

    @Test
    void laterRespondsWhenItsTimerSaysSo() throws Exception {
        long begun = System.nanoTime();
        assertEquals("A second has passed.\n", new String(get(new Later()).body(), UTF_8));
        assertTrue(System.nanoTime() - begun >= 1_000_000_000L);
    }

    @Test
    void eventsComeUntilTheHandlerIsGone() throws Exception {
        Events events = new Events();
        Routes routes = new Routes();
        Routes.Registration service = routes.add(events, "/");
        HttpResponse<List<String>> received = send(routes, "/", request(), info -> {
            assertEquals(
                    "text/event-stream",
                    info.headers().firstValue("Content-Type").orElseThrow());
            return HttpResponse.BodySubscribers.fromLineSubscriber(
                    new FirstEvents(service), FirstEvents::lines, UTF_8, "\n");
        });
        events.stop();
        assertTrue(received.body().size() >= 2, received.body().toString());
        assertTrue(
                received.body().getFirst().matches("data: \\d{4}-.*Z"),
                received.body().getFirst());
    }

    /** Takes two events, then removes the handler, which ends the response. */
    private static final class FirstEvents implements Flow.Subscriber<String> {

        private final Routes.Registration service;
        private final List<String> lines = new ArrayList<>();

        FirstEvents(Routes.Registration service) {
            this.service = service;
        }

        List<String> lines() {
            return lines;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
            if (lines.size() == 2) {
                service.close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            lines.clear();
        }

        @Override
        public void onComplete() {}
    }

    private static HttpResponse<byte[]> get(HttpHandler handler) throws Exception {
        return send(handler, Mount.at("/"), request(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder();
    }

    private static <T> HttpResponse<T> send(
            HttpHandler handler, Mount mount, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws Exception {
        HttpResponse<T> received = send(handler, mount, "/", request, body);
        assertEquals(200, received.statusCode());
        return received;
    }

    private static <T> HttpResponse<T> send(
            HttpHandler handler,
            Mount mount,
            String path,
            HttpRequest.Builder request,
            HttpResponse.BodyHandler<T> body)
            throws Exception {
        Routes routes = new Routes();
        routes.add(handler, mount);
        return send(routes, path, request, body);
    }

    private static <T> HttpResponse<T> send(
            Routes routes, String path, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws Exception {
        try (EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()));
                HttpClient client = HttpClient.newHttpClient()) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
            int port = ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
            Thread.startVirtualThread(loop::run);
            URI uri = URI.create("http://localhost:" + port + path);
            return client.send(request.uri(uri).build(), body);
        }
    }

    @Test
    void theErrorPageNeedsNoRequest() {
        ErrorBody page = new Errors().body(410, null);
        assertEquals("text/html; charset=utf-8", page.type());
        assertTrue(page.text().contains("<h1>410</h1>") && page.text().contains("nothing at this address"), page::text);
    }

    @Test
    void thePageShowsWhatRuns() {
        String page = HomePage.of(Optional.of(status("tcp://127.0.0.1:8080")));
        for (String text : List.of(
                "State: running, up for 1 d 2 h 3 min", "<b>nio</b>", "2 loops", "tcp://127.0.0.1:8080", "4.5 MiB")) {
            assertTrue(page.contains(text), text);
        }
    }

    @Test
    void thePageTellsStrangersNoVersionNoPathAndNoFault() {
        String page = HomePage.of(Optional.of(status("unix:/srv/app/run/h.sock?mode=600")));
        assertTrue(page.contains("<td>unix:h.sock<td>"), page);
        for (String secret : List.of("1.2.3", "/srv", "Selector", "in use")) {
            assertFalse(page.contains(secret), secret);
        }
    }

    @Test
    void thePageTakesNothingForMarkup() {
        String page = HomePage.of(Optional.of(status("<script>alert('\"&')</script>")));
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;"));
    }

    private record FixedServer(
            String version,
            ServerStatus.State state,
            Duration uptime,
            String backend,
            List<BackendStatus> backends,
            List<LoopStatus> loops,
            List<EndpointStatus> endpoints,
            List<LimitStatus> limits,
            MemoryStatus memory,
            DescriptorStatus descriptors,
            List<String> faults)
            implements ServerStatus {}

    private record FixedLoop(
            String name,
            String backend,
            int sources,
            int connections,
            long turns,
            long bytesRead,
            long bytesWritten,
            Optional<String> heldUp,
            long timesHeldUp)
            implements LoopStatus {}

    private record FixedEndpoint(
            String endpoint,
            String protocol,
            EndpointStatus.State state,
            Optional<SocketAddress> local,
            int connections,
            long accepted,
            Optional<String> problem)
            implements EndpointStatus {}

    private record FixedMemory(long used, long most, long limit, boolean full, long slowReaders, long slowSenders)
            implements MemoryStatus {}

    private record FixedDescriptors(int open, int limit, int kept, boolean full, long timesFull)
            implements DescriptorStatus {}

    private static ServerStatus status(String endpoint) {
        LoopStatus loop = new FixedLoop("pollux-loop-0", "nio", 3, 2, 1_000_000, 4_718_592, 12, Optional.empty(), 0);
        return new FixedServer(
                "1.2.3",
                ServerStatus.State.RUNNING,
                Duration.ofDays(1).plusHours(2).plusMinutes(3),
                "nio",
                List.of(new BackendStatus("nio", "java.nio.channels.Selector", BackendStatus.State.POLLS)),
                List.of(loop, loop),
                List.of(new FixedEndpoint(
                        endpoint,
                        "org.pollux.protocol-http",
                        EndpointStatus.State.FAILED,
                        Optional.empty(),
                        0,
                        0,
                        Optional.of("The port is in use: <choose another>"))),
                List.of(),
                new FixedMemory(0, 0, 1, false, 0, 0),
                new FixedDescriptors(0, Integer.MAX_VALUE, 0, false, 0),
                List.of());
    }
}
