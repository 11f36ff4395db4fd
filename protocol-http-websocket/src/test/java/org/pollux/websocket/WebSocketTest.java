package org.pollux.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.HttpException;
import org.pollux.http.Request;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.FrameWriter;
import org.pollux.http.wire.websocket.Inflation;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.Opcode;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.Side;
import org.pollux.http.wire.websocket.WebSocketFault;
import org.pollux.reactor.admin.WebSocketStatus;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** Handlers behind the real HTTP server, over HTTP/1.1 and HTTP/2, on connections without sockets. */
class WebSocketTest {

    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String FIELDS =
            "Host: h:80\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";

    private final List<String> heard = new ArrayList<>();
    private final List<WebSocket> sockets = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Connections open = new Connections();
    private final HandReactor reactor = new HandReactor();
    private final Routes routes = new Routes();
    private final HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
    private WebSocketSettings settings = WebSocketSettings.defaults();
    private final UpgradeHandler handler = handler(new Echo());

    private final class Echo implements WebSocketHandler, WebSocketListener {
        @Override
        public WebSocketListener open(Request request) {
            if (request.query().isPresent()) {
                throw new HttpException(418, "no " + request.query().orElseThrow());
            }
            return this;
        }

        @Override
        public void onOpen(WebSocket socket) {
            sockets.add(socket);
        }

        @Override
        public void onText(WebSocket socket, String text) {
            heard.add(text);
            boolean _ = socket.send(text);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            heard.add("closed " + code);
        }
    }

    private UpgradeHandler handler(WebSocketHandler of) {
        UpgradeHandler made =
                new UpgradeHandler(of, Set.of("chat.v1", "chat.v2"), () -> settings, new SessionMemory(6), tally, open);
        routes.add(made, "/echo");
        return made;
    }

    private HandConnection connect() {
        HandConnection client = new HandConnection(reactor, protocol);
        reactor.settle();
        return client;
    }

    private String ask(HandConnection client, String target, String fields) {
        client.receive("GET " + target + " HTTP/1.1\r\n" + fields + "\r\n");
        reactor.settle();
        return client.takeSent();
    }

    private HandConnection open(String more) {
        HandConnection client = connect();
        String head = ask(client, "/echo", FIELDS + KEY + more);
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertTrue(head.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
        return client;
    }

    private static byte[] frame(Opcode opcode, String payload) {
        return frame(opcode, payload, true);
    }

    private static byte[] frame(Opcode opcode, String payload, boolean last) {
        Bytes out = new Bytes(0);
        FrameWriter.frame(out, opcode, last, false, 0x0102_0304, ByteBuffer.wrap(payload.getBytes(UTF_8)));
        return Arrays.copyOf(out.array(), out.size());
    }

    private void send(HandConnection client, byte[] bytes) {
        client.receive(bytes);
        reactor.settle();
    }

    /** What a client reads: texts, and closes. */
    private static List<String> read(byte[] bytes, boolean compressed) throws WebSocketFault {
        MessageReader reader =
                new MessageReader(Side.SERVER, compressed ? new Inflation(false) : null, 1 << 20, new SessionMemory(6));
        List<String> read = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (MessageReader.Found found = reader.next(in); found != MessageReader.Found.MORE; found = reader.next(in)) {
            read.add(
                    switch (found) {
                        case DATA -> reader.text();
                        case CLOSE -> "close " + reader.closeCode();
                        default -> found.toString();
                    });
        }
        return read;
    }

    @Test
    void anEchoOverHttp1() throws WebSocketFault {
        HandConnection client = open("");
        assertEquals(1, tally.connections());
        send(client, frame(Opcode.TEXT, "hello"));
        send(client, frame(Opcode.PING, ""));
        send(client, frame(Opcode.CLOSE, ""));
        assertEquals(List.of("hello", "PONG", "close 1005"), read(client.takeSentBytes(), false));
        assertEquals(List.of("hello", "closed 1005"), heard);
        assertTrue(client.isFinished());
        assertEquals(0, tally.connections());
        assertEquals(0, client.charged());
    }

    @Test
    void anEchoOverHttp2() throws WebSocketFault {
        HandConnection client = connect();
        Http2Words words = new Http2Words();
        send(client, words.preface());
        client.takeSentBytes();
        send(client, words.connect(1, "/echo"));
        byte[] head = client.takeSentBytes();
        assertTrue(new String(head, ISO_8859_1).length() > 9 && head[3] == 1, "HEADERS are expected");
        assertEquals(0x88, head[9] & 0xFF, "status 200");
        send(client, words.data(1, frame(Opcode.TEXT, "hello")));
        assertEquals(List.of("hello"), read(words.payload(client.takeSentBytes(), 1), false));
        send(client, words.data(1, frame(Opcode.CLOSE, "")));
        assertEquals(List.of("close 1005"), read(words.payload(client.takeSentBytes(), 1), false));
        assertEquals(List.of("hello", "closed 1005"), heard);
        assertFalse(client.isFinished());
        assertEquals(0, tally.connections());
    }

    @Test
    void aStreamThatItsClientEndsWithoutACloseEndsWithEndStream() {
        HandConnection client = connect();
        Http2Words words = new Http2Words();
        send(client, words.preface());
        send(client, words.connect(1, "/echo"));
        client.takeSentBytes();
        send(client, words.end(1));
        assertArrayEquals(words.end(1), client.takeSentBytes());
        assertEquals(List.of("closed 1006"), heard);
        assertFalse(client.isFinished());
    }

    @Test
    void aLongMessageIsCompressedWhenTheClientCan() throws WebSocketFault {
        HandConnection client = open("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
        String text = "the same again, ".repeat(1000);
        send(client, frame(Opcode.TEXT, text));
        byte[] sent = client.takeSentBytes();
        assertTrue(sent.length < 500, "sent: " + sent.length);
        assertEquals(List.of(text), read(sent, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate            | true  | Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "x-other                       | true  |",
                "permessage-deflate            | false |",
            })
    void compressionIsSettled(String offer, boolean compression, String field) {
        WebSocketSettings all = settings;
        settings = new WebSocketSettings(
                all.maxMessage(),
                all.maxConnections(),
                all.maxMemory(),
                all.ping(),
                all.closeTimeout(),
                all.drain(),
                all.origins(),
                compression,
                false,
                0);
        String head = ask(connect(), "/echo", FIELDS + KEY + "Sec-WebSocket-Extensions: " + offer + "\r\n");
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertEquals(field != null, head.contains("Sec-WebSocket-Extensions"), head);
        assertTrue(field == null || head.contains("\r\n" + field + "\r\n"), head);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.v2           | chat.v2",
                "other, chat.v1    | chat.v1",
                "chat.v2, chat.v1  | chat.v2",
                "other             |",
                "Chat.V1           |",
            })
    void aSubprotocolIsAgreedOn(String asked, String agreed) {
        String head = ask(connect(), "/echo", FIELDS + KEY + "Sec-WebSocket-Protocol: " + asked + "\r\n");
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertEquals(agreed != null, head.contains("Sec-WebSocket-Protocol"), head);
        assertTrue(agreed == null || head.contains("\r\nSec-WebSocket-Protocol: " + agreed + "\r\n"), head);
        assertEquals(agreed, sockets.getFirst().subprotocol().orElse(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no upgrade             | Host: h                                                                         | 426",
                "another protocol       | Host: h;Connection: Upgrade;Upgrade: talk;Sec-WebSocket-Version: 13             | 426",
                "an old version         | Host: h;Connection: Upgrade;Upgrade: websocket;Sec-WebSocket-Version: 8         | 426",
                "no version             | Host: h;Connection: Upgrade;Upgrade: websocket                                  | 400",
                "no key                 | Host: h;Connection: Upgrade;Upgrade: websocket;Sec-WebSocket-Version: 13         | 400",
                "a short key            | *;Sec-WebSocket-Key: abc                                                         | 400",
                "two keys               | *;!;!                                                                            | 400",
                "a malformed extension  | *;!;Sec-WebSocket-Extensions: ;                                                 | 400",
                "a malformed protocol   | *;!;Sec-WebSocket-Protocol: a b                                                  | 400",
                "a protocol named twice | *;!;Sec-WebSocket-Protocol: a, a                                                 | 400",
                "a foreign page         | *;!;Origin: https://evil.example                                                 | 403",
                "a page without origin  | *;!;Origin: null                                                                 | 403",
                "another port           | *;!;Origin: http://h:8080                                                        | 403",
                "a page of this host    | *;!;Origin: https://H                                                            | 101",
                "a listed page          | *;!;Origin: https://app.example                                                  | 101",
                "no page                | *;!                                                                              | 101",
            })
    void aHandshakeGets(String what, String fields, int status) {
        WebSocketSettings all = settings;
        settings = new WebSocketSettings(
                all.maxMessage(),
                all.maxConnections(),
                all.maxMemory(),
                all.ping(),
                all.closeTimeout(),
                all.drain(),
                Set.of("https://app.example"),
                true,
                false,
                0);
        String lines = fields.replace("*;", FIELDS.replace("\r\n", ";"))
                .replace("!", KEY.strip())
                .replace(";", "\r\n")
                .replace("Extensions: \r\n", "Extensions: ;")
                .replace(";;", ";");
        String response = ask(connect(), "/echo", lines.stripTrailing() + "\r\n");
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), what + ": " + response);
        assertEquals(
                status == 426, response.contains("\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"), response);
        assertEquals(status == 101 ? 1 : 0, tally.connections());
        assertEquals(
                status == 101 ? 0 : 1,
                tally.times().values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void aHandlerMayRefuse() {
        String response = ask(connect(), "/echo?entry", FIELDS + KEY);
        assertTrue(response.startsWith("HTTP/1.1 418 "), response);
        assertEquals(0, tally.connections());
    }

    @Test
    void thereAreNotMoreConnectionsThanMayBe() {
        settings = limited(1 << 20, 1);
        HandConnection first = open("");
        assertTrue(ask(connect(), "/echo", FIELDS + KEY).startsWith("HTTP/1.1 503 "));
        first.reset();
        reactor.settle();
        HandConnection _ = open("");
    }

    private WebSocketSettings limited(int maxMessage, int maxConnections) {
        WebSocketSettings all = settings;
        return new WebSocketSettings(
                maxMessage,
                maxConnections,
                all.maxMemory(),
                all.ping(),
                all.closeTimeout(),
                all.drain(),
                all.origins(),
                true,
                false,
                0);
    }

    @Test
    void aMessageIsNotLongerThanItMayBe() throws WebSocketFault {
        settings = limited(10, 10);
        HandConnection client = open("");
        send(client, frame(Opcode.TEXT, "0123456789"));
        send(client, frame(Opcode.TEXT, "0123456789a"));
        assertEquals(List.of("0123456789", "close 1009"), read(client.takeSentBytes(), false));
        assertEquals(1L, tally.times().get("maxMessage of WebSocket (1009)"));
    }

    @Test
    void aClientThatVanishesIsNoticed() {
        HandConnection client = open("");
        client.reset();
        reactor.settle();
        assertEquals(List.of("closed 1006"), heard);
        assertEquals(0, tally.connections());
    }

    @Test
    void aClientThatEndsWithoutACloseGetsItsEchoesBeforeTheEnd() throws WebSocketFault {
        HandConnection client = open("");
        client.block();
        send(client, frame(Opcode.TEXT, "an echo"));
        client.receiveEnd();
        reactor.settle();
        assertEquals(List.of("an echo", "closed 1006"), heard);
        client.drain();
        reactor.settle();
        assertEquals(List.of("an echo"), read(client.takeSentBytes(), false));
        assertFalse(client.isOpen());
    }

    @Test
    void anyCutOfTheBytesGivesTheSame() throws WebSocketFault {
        byte[] bytes = (FIELDS + KEY).getBytes(ISO_8859_1);
        Bytes all = new Bytes(0)
                .add("GET /echo HTTP/1.1\r\n")
                .add(bytes)
                .add("\r\n")
                .add(frame(Opcode.TEXT, "€uro"))
                .add(frame(Opcode.PING, "p"))
                .add(frame(Opcode.CLOSE, ""));
        byte[] whole = Arrays.copyOf(all.array(), all.size());
        for (int cut = 1; cut < whole.length; cut += 3) {
            HandConnection client = connect();
            send(client, Arrays.copyOfRange(whole, 0, cut));
            send(client, Arrays.copyOfRange(whole, cut, whole.length));
            byte[] sent = client.takeSentBytes();
            int head = new String(sent, ISO_8859_1).indexOf("\r\n\r\n") + 4;
            assertEquals(
                    List.of("€uro", "PONG", "close 1005"),
                    read(Arrays.copyOfRange(sent, head, sent.length), false),
                    "cut at " + cut);
        }
    }

    private String numbers() {
        WebSocketStatus now = open.status("pollux.http.websocket", tally.memory());
        return now.open() + " open, " + now.received() + " in, " + now.sent() + " out, " + now.messageBytes()
                + " kept, " + now.compressionBytes() + " for zlib";
    }

    @Test
    void connectionsMessagesAndWhatTheyHoldAreCounted() {
        HandConnection one = open("");
        HandConnection other = open("");
        assertEquals("2 open, 0 in, 0 out, 0 kept, 0 for zlib", numbers());
        send(one, frame(Opcode.TEXT, "a"));
        send(one, frame(Opcode.TEXT, "b"));
        boolean _ = sockets.getLast().sendPiece(true, ByteBuffer.allocate(1), false);
        send(other, frame(Opcode.TEXT, "halfway", false));
        assertEquals("2 open, 2 in, 2 out, 7 kept, 0 for zlib", numbers());
        boolean _ = sockets.getLast().sendPiece(true, ByteBuffer.allocate(1), true);
        assertEquals("2 open, 2 in, 3 out, 7 kept, 0 for zlib", numbers());
        other.reset();
        reactor.settle();
        assertEquals("1 open, 2 in, 3 out, 0 kept, 0 for zlib", numbers());
    }

    @Test
    void theMemoryOfCompressionThatIsKeptIsCounted() {
        WebSocketSettings all = settings;
        settings = new WebSocketSettings(
                1000, 10, 1000, all.ping(), all.closeTimeout(), all.drain(), all.origins(), true, true, 0);
        HandConnection client = open("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        assertEquals("1 open, 0 in, 0 out, 0 kept, 0 for zlib", numbers());
        send(client, frame(Opcode.TEXT, "hello"));
        assertEquals("1 open, 1 in, 1 out, 0 kept, " + 256 * 1024 + " for zlib", numbers());
        client.reset();
        reactor.settle();
        assertEquals("0 open, 1 in, 1 out, 0 kept, 0 for zlib", numbers());
    }

    @Test
    void aHandlerThatLeavesTellsItsClients() throws WebSocketFault {
        HandConnection client = open("");
        HandConnection busy = open("");
        busy.receive(Arrays.copyOf(frame(Opcode.TEXT, "half"), 8));
        reactor.settle();
        handler.leave(1012);
        reactor.settle();
        assertEquals(List.of("close 1012"), read(client.takeSentBytes(), false));
        assertEquals(List.of(), read(busy.takeSentBytes(), false));
        send(busy, Arrays.copyOfRange(frame(Opcode.TEXT, "half"), 8, 10));
        assertEquals(List.of("half", "close 1012"), read(busy.takeSentBytes(), false));
        send(client, frame(Opcode.CLOSE, "\u0003"));
        assertTrue(client.isFinished());
    }

    @Test
    void aServerThatDrainsTellsItsClients() throws WebSocketFault {
        HandConnection client = open("");
        client.shutDown();
        reactor.settle();
        assertEquals(List.of("close 1001"), read(client.takeSentBytes(), false));
    }
}
