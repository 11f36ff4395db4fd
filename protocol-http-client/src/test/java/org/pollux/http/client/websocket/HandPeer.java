package org.pollux.http.client.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.pollux.http.client.HandServer;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.FrameWriter;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.http.wire.websocket.Inflation;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.Opcode;
import org.pollux.http.wire.websocket.Side;
import org.pollux.http.wire.websocket.WebSocketFault;
import org.pollux.reactor.testkit.Peer;

/** The server's end of a WebSocket, which a test plays by hand. */
final class HandPeer {

    private final HandServer server;
    final Peer peer;
    private final String head;
    private MessageReader reader = new MessageReader(Side.CLIENT, null, Integer.MAX_VALUE);
    private int read;

    /** Waits for the request of a handshake. */
    HandPeer(HandServer server) {
        this.server = server;
        this.peer = server.acceptRequest();
        this.head = HandServer.text(peer);
        this.read = peer.size();
    }

    private HandPeer(HandServer server, Peer peer, String head) {
        this.server = server;
        this.peer = peer;
        this.head = head;
        this.read = peer.size();
    }

    /** The server behind the proxy that this has been: waits for the request of a handshake on the same connection. */
    HandPeer behindProxy() {
        server.turned.turnUntil("another head comes", () -> {
            String more = HandServer.text(peer.receiveSome()).substring(head.length());
            return more.endsWith("\r\n\r\n");
        });
        return new HandPeer(server, peer, HandServer.text(peer).substring(head.length()));
    }

    /** The head of the request. */
    String head() {
        return head;
    }

    String key() {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key: "))
                .map(line -> line.substring(19))
                .findFirst()
                .orElseThrow();
    }

    /** The response that accepts the connection, with more fields. */
    String accepted(String fields) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + HandshakeKey.accept(key()) + "\r\n" + fields + "\r\n";
    }

    HandPeer accept() {
        return accept("");
    }

    HandPeer accept(String fields) {
        if (fields.contains("permessage-deflate")) {
            reader = new MessageReader(Side.CLIENT, new Inflation(false), Integer.MAX_VALUE);
        }
        return send(accepted(fields));
    }

    HandPeer send(String octets) {
        peer.send(octets.getBytes(ISO_8859_1));
        server.turned.settle();
        return this;
    }

    HandPeer text(String text) {
        return frame(Opcode.TEXT, true, text.getBytes(UTF_8));
    }

    HandPeer frame(Opcode opcode, boolean last, byte... payload) {
        return send(octets(opcode, last, payload));
    }

    static String octets(Opcode opcode, boolean last, byte... payload) {
        Bytes out = new Bytes(payload.length + FrameWriter.MOST_HEADER);
        FrameWriter.frame(out, opcode, last, false, 0, ByteBuffer.wrap(payload));
        return new String(out.array(), 0, out.size(), ISO_8859_1);
    }

    HandPeer close(int code, String reason) {
        Bytes out = new Bytes(150);
        FrameWriter.close(out, 0, code, reason);
        return send(new String(out.array(), 0, out.size(), ISO_8859_1));
    }

    /** The next message or control frame of the client, as text. */
    String next() {
        AtomicReference<String> found = new AtomicReference<>("");
        server.turned.turnUntil("the client sends something", () -> {
            found.set(parse());
            return !found.get().isEmpty();
        });
        return found.get();
    }

    /** Empty when more bytes are needed. */
    private String parse() {
        byte[] all = peer.receiveSome().received();
        ByteBuffer in = ByteBuffer.wrap(all, read, all.length - read);
        try {
            MessageReader.Found found = reader.next(in);
            read = in.position();
            return switch (found) {
                case MORE -> "";
                case DATA -> (reader.isText() ? "text " : "binary ") + reader.text();
                case CLOSE -> ("close " + reader.closeCode() + " " + reader.closeReason()).strip();
                default -> (found + " " + UTF_8.decode(reader.data())).strip();
            };
        } catch (WebSocketFault fault) {
            throw new AssertionError(fault);
        }
    }
}
