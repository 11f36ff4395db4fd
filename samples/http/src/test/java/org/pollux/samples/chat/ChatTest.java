package org.pollux.samples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.websocket.WebSocket;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** The chat without a browser: one guest of each kind in one room. */
class ChatTest {

    private final Room room = new Room();
    private final Recorded socket = new Recorded();
    private final Seat seat = new Seat(room, 0);
    private final HttpClient client = HttpClient.newHttpClient();
    private EventLoop loop;
    private String server;

    @BeforeEach
    void serve() throws IOException {
        Routes routes = new Routes();
        routes.add(new ChatEvents(room), "/chat/events");
        routes.add(new ChatSay(room), Mount.at("/chat/say").methods("POST"));
        routes.add(new ChatPage(), "/chat", "/chat/chat.css", "/chat/chat.js");
        routes.add(new ChatBackend(), Mount.at("/chat/backend").methods("POST").blocking());
        loop = new EventLoop(TestedBackend.of(new NioBackend()));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
        server = "http://localhost:"
                + ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
        Thread.startVirtualThread(loop::run);
        seat.onOpen(socket);
    }

    @AfterEach
    void stop() {
        client.close();
        loop.close();
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        return client.send(request.uri(URI.create(server + path)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder form(String body) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Keeps what is sent to its client. */
    private static final class Recorded implements WebSocket {

        private final List<String> sent = new ArrayList<>();
        private boolean room = true;

        @Override
        public Optional<String> subprotocol() {
            return Optional.empty();
        }

        @Override
        public synchronized boolean send(String text) {
            sent.add(text);
            return room;
        }

        @Override
        public boolean send(ByteBuffer data) {
            return false;
        }

        @Override
        public boolean sendPiece(boolean text, ByteBuffer data, boolean last) {
            return false;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public synchronized void close(int code, String reason) {
            sent.add("close " + code);
        }

        @Override
        public void abort() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        synchronized List<String> sent() {
            return List.copyOf(sent);
        }
    }

    @Test
    void whatIsSaidInOneWayComesInBoth() throws Exception {
        HttpRequest listen =
                HttpRequest.newBuilder(URI.create(server + "/chat/events")).build();
        try (InputStream events =
                client.send(listen, BodyHandlers.ofInputStream()).body()) {
            seat.onText(socket, "ada\nby WebSocket");
            assertEquals(204, send("/chat/say", form("name=bob&text=by+POST")).statusCode());
            String one = "{\"id\":1,\"name\":\"ada\",\"text\":\"by WebSocket\"}";
            String two = "{\"id\":2,\"name\":\"bob\",\"text\":\"by POST\"}";
            assertEquals(List.of(one, two), socket.sent());
            String all = "retry: 1000\n: welcome\n\nid: 1\ndata: " + one + "\n\nid: 2\ndata: " + two + "\n\n";
            assertEquals(all, new String(events.readNBytes(all.length()), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLineThatIsNoneIsRefused() throws Exception {
        assertEquals(400, send("/chat/say", form("name=bob")).statusCode());
        seat.onText(socket, "ada");
        assertEquals(List.of("close 1008"), socket.sent());
    }

    @Test
    void aGuestThatDoesNotKeepUpIsSentAway() {
        socket.room = false;
        room.say("ada", "one");
        seat.onClosed(socket, 1013, "");
        room.say("ada", "two");
        assertEquals(List.of("{\"id\":1,\"name\":\"ada\",\"text\":\"one\"}", "close 1013"), socket.sent());
    }

    @Test
    void thePageNeedsNoOtherHost() throws Exception {
        HttpResponse<String> page = send("/chat", HttpRequest.newBuilder());
        assertEquals(200, page.statusCode());
        assertTrue(page.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'none';"));
        for (String resource : List.of("/chat/chat.css", "/chat/chat.js")) {
            assertTrue(page.body().contains(resource));
            assertEquals(200, send(resource, HttpRequest.newBuilder()).statusCode(), resource);
        }
    }

    @Test
    void aForeignPageCannotSwapTheBackend() throws Exception {
        HttpRequest.Builder foreign = form("").header("Origin", "http://evil.example");
        assertEquals(403, send("/chat/backend", foreign).statusCode());
        HttpRequest.Builder own = form("").header("Origin", server);
        assertEquals(503, send("/chat/backend", own).statusCode(), "there is no server to swap in this test");
    }
}
