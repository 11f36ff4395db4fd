package org.pollux.http.client.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.pollux.http.client.HandServer;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.http.wire.websocket.Inflation;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.Side;
import org.pollux.reactor.testkit.Peer;

/** On a connection of its own. */
final class HandPeer implements WebSocketPeer {

    private final HandServer server;
    final Peer peer;
    private final String head;
    private MessageReader reader = new MessageReader(Side.CLIENT, null, Integer.MAX_VALUE, new SessionMemory(6));
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

    @Override
    public HandPeer accept(String fields) {
        if (fields.contains("permessage-deflate")) {
            reader = new MessageReader(Side.CLIENT, new Inflation(false), Integer.MAX_VALUE, new SessionMemory(6));
        }
        return send(accepted(fields));
    }

    @Override
    public HandPeer send(String octets) {
        peer.send(octets.getBytes(ISO_8859_1));
        server.turned.settle();
        return this;
    }

    @Override
    public String next() {
        AtomicReference<String> found = new AtomicReference<>("");
        server.turned.turnUntil("the client sends something", () -> {
            found.set(parse());
            return !found.get().isEmpty();
        });
        return found.get();
    }

    private String parse() {
        byte[] all = peer.receiveSome().received();
        ByteBuffer in = ByteBuffer.wrap(all, read, all.length - read);
        String found = WebSocketPeer.parse(reader, in);
        read = in.position();
        return found;
    }

    @Override
    public int size() {
        return peer.size();
    }

    @Override
    public void closeOutput() {
        peer.closeOutput();
    }

    @Override
    public void receivesEnd() {
        peer.receivesEnd();
    }

    @Override
    public void receivesReset() {
        peer.receivesReset();
    }
}
