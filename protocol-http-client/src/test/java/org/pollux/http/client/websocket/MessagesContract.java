package org.pollux.http.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.HandServer;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketPieces;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.Deflation;
import org.pollux.http.wire.websocket.FrameWriter;
import org.pollux.http.wire.websocket.Opcode;
import org.pollux.reactor.Reactor;

/**
 * What goes over a connection that is open, and how it ends, whichever wire carries it. The rules of frames are tested with the
 * wire.
 */
abstract class MessagesContract {

    private static final String DEFLATE =
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n";

    @AutoClose
    private final HandServer server = new HandServer();

    private final ReactorWebSocketClient client = client(server.turned.reactor());
    private final Heard heard = new Heard();
    private final WebSocketRequest request = WebSocketRequest.of("ws://" + server.authority() + "/");

    /** Made when the connection is opened, with which each test begins. */
    @SuppressWarnings("NullAway.Init")
    private WebSocketPeer peer;

    /** A client that speaks the wire. */
    abstract ReactorWebSocketClient client(Reactor reactor);

    /** Waits for the request of a handshake. */
    abstract WebSocketPeer peer(HandServer on);

    private WebSocket open(WebSocketRequest asked, Heard listener, String fields) {
        CompletableFuture<WebSocket> socket = client.connect(asked, listener);
        peer = peer(server);
        peer.accept(fields);
        server.turned.turnUntil("the connection is open", socket::isDone);
        assertEquals(List.of("open"), listener.taken());
        return socket.join();
    }

    private WebSocket open() {
        return open(request, heard, "");
    }

    private void heard(String... events) {
        server.turned.turnUntil(List.of(events) + " is heard", () -> heard.all.size() >= events.length);
        assertEquals(List.of(events), heard.taken());
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    // ---- messages

    @Test
    void messagesGoInBothDirections() {
        WebSocket socket = open();
        peer.text("h\u00E9llo").frame(Opcode.BINARY, false, (byte) 'a').frame(Opcode.CONTINUATION, true, (byte) 'b');
        heard("text h\u00E9llo", "binary ab");
        assertTrue(socket.send("w\u00F6rld"));
        assertTrue(socket.send(bytes("c")));
        assertTrue(socket.sendPiece(true, bytes("d"), false));
        assertThrows(IllegalStateException.class, () -> socket.send("between"));
        assertTrue(socket.sendPiece(true, bytes("e"), true));
        assertEquals("text w\u00F6rld", peer.next());
        assertEquals("binary c", peer.next());
        assertEquals("text de", peer.next());
    }

    @Test
    void aFrameMayComeInPieces() {
        open();
        String octets = WebSocketPeer.octets(Opcode.TEXT, true, "ab".getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < octets.length(); at++) {
            peer.send(octets.substring(at, at + 1));
        }
        heard("text ab");
    }

    @Test
    void anotherThreadSends() throws Exception {
        WebSocket socket = open();
        Thread thread = Thread.ofPlatform().start(() -> {
            socket.send("one");
            socket.send("two");
            socket.close();
        });
        thread.join(30_000);
        assertEquals("text one", peer.next());
        assertEquals("text two", peer.next());
        assertEquals("close 1000", peer.next());
    }

    @Test
    void longMessagesAreCompressedWhenThatWasAgreed() {
        WebSocket socket = open(request, heard, DEFLATE);
        int before = peer.size();
        socket.send("x".repeat(10_000));
        assertEquals("text " + "x".repeat(10_000), peer.next());
        assertTrue(peer.size() - before < 200);
        sendDeflated("y".repeat(10_000));
        heard("text " + "y".repeat(10_000));
    }

    private void sendDeflated(String text) {
        Bytes deflated = new Bytes(0);
        try (Deflation deflation = new Deflation(false, 6)) {
            deflation.deflate(bytes(text), deflated);
        }
        Bytes out = new Bytes(0);
        FrameWriter.frame(out, Opcode.TEXT, true, true, 0, deflated.content());
        peer.send(StandardCharsets.ISO_8859_1.decode(out.content()).toString());
    }

    /** All bytes have come and none will: what the inflater still has comes when the listener goes on. */
    @Test
    void whatIsKeptOfACompressedMessageComesWhenAPausedListenerGoesOn() {
        class Pausing extends Heard implements WebSocketPieces {
            private int taken;

            @Override
            public void onPiece(WebSocket socket, boolean text, ByteBuffer data, boolean last) {
                taken += data.remaining();
                all.add(last ? "last" : "piece");
                socket.pause();
            }
        }
        Pausing pausing = new Pausing();
        WebSocket socket = open(request, pausing, DEFLATE);
        sendDeflated("z".repeat(500_000));
        server.turned.turnUntil("a piece comes", () -> pausing.all.size() == 1);
        server.turned.settle();
        assertEquals(List.of("piece"), pausing.all);
        while (!pausing.all.contains("last")) {
            int before = pausing.all.size();
            socket.resume();
            server.turned.turnUntil("the next piece comes", () -> pausing.all.size() > before);
        }
        assertEquals(500_000, pausing.taken);
    }

    @Test
    void aListenerCanTakePieces() {
        class Pieces extends Heard implements WebSocketPieces {
            private final StringBuilder message = new StringBuilder();

            @Override
            public void onPiece(WebSocket socket, boolean text, ByteBuffer data, boolean last) {
                assertTrue(text);
                message.append(StandardCharsets.UTF_8.decode(data));
                if (last) {
                    all.add(message.toString());
                }
            }
        }
        Pieces pieces = new Pieces();
        open(request.maxMessage(3), pieces, "");
        peer.frame(Opcode.TEXT, false, "abcd".getBytes(StandardCharsets.UTF_8));
        server.turned.turnUntil("the first frame is heard", () -> pieces.message.length() == 4);
        assertEquals(List.of(), pieces.all);
        peer.frame(Opcode.CONTINUATION, true, "ef".getBytes(StandardCharsets.UTF_8));
        server.turned.turnUntil("the end is heard", () -> !pieces.all.isEmpty());
        assertEquals(List.of("abcdef"), pieces.taken());
    }

    // ---- backpressure

    @Test
    void aPausedListenerHoldsTheServerBack() {
        WebSocket socket = open();
        socket.pause();
        peer.text("a").text("b");
        server.turned.settle();
        assertEquals(List.of(), heard.all);
        socket.resume();
        heard("text a", "text b");
    }

    @Test
    void aServerThatDoesNotReadStopsTheSenderUntilItDoes() {
        WebSocket socket = open();
        String message = "x".repeat(60_000);
        int sent = 1;
        while (socket.send(message)) {
            sent++;
            assertTrue(sent < 10_000, "the sender is never stopped");
        }
        assertTrue(socket.isOpen());
        for (int i = 0; i < sent; i++) {
            assertEquals("text " + message, peer.next());
        }
        heard("drained");
        assertTrue(socket.send("more"));
    }

    // ---- pings

    @Test
    void pingsAreReturned() {
        open();
        peer.frame(Opcode.PING, true, (byte) 'p');
        assertEquals("PONG p", peer.next());
    }

    @Test
    void aSilentServerGetsAPingAndIsThenGivenUp() {
        open(request.ping(Duration.ofSeconds(5)), heard, "");
        server.pass(Duration.ofSeconds(5));
        assertEquals("PING", peer.next());
        peer.frame(Opcode.PONG, true);
        server.pass(Duration.ofSeconds(5));
        server.pass(Duration.ofSeconds(5));
        assertEquals("PING", peer.next());
        server.pass(Duration.ofSeconds(5));
        heard("closed 1006 The peer has not responded to a ping");
        peer.receivesReset();
    }

    // ---- ends

    @Test
    void aCloseIsReturnedByTheServer() {
        WebSocket socket = open();
        socket.close(3001, "done");
        assertFalse(socket.isOpen() || socket.send("late"));
        assertEquals("close 3001 done", peer.next());
        peer.text("on its way").close(3001, "");
        heard("closed 3001");
        peer.receivesEnd();
    }

    @Test
    void aServerThatDoesNotReturnTheCloseIsGivenUp() {
        open().close();
        assertEquals("close 1000", peer.next());
        server.pass(Duration.ofSeconds(5));
        heard("closed 1006 The peer has not responded to the close");
        peer.receivesReset();
    }

    @Test
    void theServersCloseIsReturned() {
        WebSocket socket = open();
        peer.close(1012, "restart");
        heard("closed 1012 restart");
        assertEquals("close 1012", peer.next());
        assertFalse(socket.isOpen());
        peer.receivesEnd();
    }

    @Test
    void aConnectionThatIsLostIsToldOnce() {
        WebSocket socket = open();
        peer.closeOutput();
        heard("closed 1006 The server has ended the connection without a close");
        socket.close();
        server.turned.settle();
        assertEquals(List.of(), heard.all);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAtTheFirstOctet() {
        open();
        peer.frame(Opcode.TEXT, false, (byte) 'a', (byte) 0xC3, (byte) 'b');
        heard("closed 1007 A text is not UTF-8");
        assertEquals("close 1007 A text is not UTF-8", peer.next());
        peer.receivesEnd();
    }

    @Test
    void aMessageBeyondTheLimitIsRefused() {
        open(request.maxMessage(3), heard, "");
        peer.text("abc").text("abcd");
        heard("text abc", "closed 1009 A message is longer than 3 octets");
        assertEquals("close 1009 A message is longer than 3 octets", peer.next());
    }

    @Test
    void aListenerThatThrowsEndsTheConnection() {
        Heard broken = new Heard() {
            @Override
            public void onText(WebSocket socket, String text) {
                throw new IllegalStateException("on purpose");
            }
        };
        open(request, broken, "");
        peer.text("a");
        assertEquals("close 1011", peer.next());
        assertEquals(List.of("closed 1011"), broken.taken());
    }

    @Test
    void aClosedClientClosesItsConnections() {
        open();
        client.close();
        assertEquals("close 1001", peer.next());
        peer.close(1001, "");
        heard("closed 1001");
    }
}
