package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HandServer;
import org.pollux.http.client.Http2Peer;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.Inflation;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.Side;
import org.pollux.reactor.Reactor;

/** On a stream of an HTTP/2 connection. What it reads widens the windows again. */
final class StreamPeer implements WebSocketPeer {

    static final int ENABLE_CONNECT_PROTOCOL = 8;

    private static final int FRAME = 16 * 1024;

    final Http2Peer peer;
    final int stream;
    private final HandServer server;
    private MessageReader reader = new MessageReader(Side.CLIENT, null, Integer.MAX_VALUE, new SessionMemory(6));
    private int widened;
    private int read;

    /** Accepts a connection, announces that it takes extended CONNECT, and waits for one. */
    StreamPeer(HandServer server) {
        this(server, Http2Peer.begun(server, ENABLE_CONNECT_PROTOCOL, 1));
    }

    /** Waits for the next one on a connection. */
    StreamPeer(HandServer server, Http2Peer on) {
        this.server = server;
        this.peer = on;
        this.stream = on.request();
    }

    /** A client that speaks HTTP/2 without TLS. */
    static ReactorHttpClient http(Reactor reactor) {
        return new ReactorHttpClient(
                reactor, ClientSettings.defaults().withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE));
    }

    static ReactorWebSocketClient client(ReactorHttpClient http) {
        return new ReactorWebSocketClient(http, () -> {
            throw new IllegalStateException("there is no TLS here");
        });
    }

    @Override
    public StreamPeer accept(String fields) {
        List<String> all = new ArrayList<>(List.of(":status", "200"));
        fields.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            all.add(line.substring(0, colon).toLowerCase(Locale.ROOT));
            all.add(line.substring(colon + 2));
        });
        if (fields.contains("permessage-deflate")) {
            reader = new MessageReader(Side.CLIENT, new Inflation(false), Integer.MAX_VALUE, new SessionMemory(6));
        }
        peer.send(peer.headers(stream, 0, all.toArray(String[]::new)));
        server.turned.settle();
        return this;
    }

    @Override
    public StreamPeer send(String octets) {
        for (int from = 0; from < octets.length(); from += FRAME) {
            peer.send(Http2Peer.data(stream, 0, octets.substring(from, Math.min(octets.length(), from + FRAME))));
        }
        server.turned.settle();
        return this;
    }

    /** All that has come on the stream. */
    private byte[] received() {
        Bytes all = new Bytes(64);
        for (Http2Peer.Frame frame : data()) {
            all.add(frame.payload());
        }
        int more = all.size() - widened;
        if (more > 0) {
            widened = all.size();
            peer.send(Http2Peer.window(0, more), Http2Peer.window(stream, more));
        }
        return Arrays.copyOf(all.array(), all.size());
    }

    private List<Http2Peer.Frame> data() {
        return peer.all(Http2Peer.DATA).stream()
                .filter(frame -> frame.stream() == stream)
                .toList();
    }

    @Override
    public String next() {
        AtomicReference<String> found = new AtomicReference<>("");
        server.turned.turnUntil("the client sends something", () -> {
            byte[] all = received();
            ByteBuffer in = ByteBuffer.wrap(all, read, all.length - read);
            found.set(WebSocketPeer.parse(reader, in));
            read = in.position();
            return !found.get().isEmpty();
        });
        return found.get();
    }

    @Override
    public int size() {
        return received().length;
    }

    @Override
    public void closeOutput() {
        peer.send(Http2Peer.data(stream, Http2Peer.END_STREAM, ""));
    }

    @Override
    public void receivesEnd() {
        server.turned.turnUntil(
                "the client ends the stream", () -> data().stream().anyMatch(frame -> frame.has(Http2Peer.END_STREAM)));
    }

    @Override
    public void receivesReset() {
        peer.resetOf(stream);
    }

    /** What the client was told to send more, on the stream. */
    long widenings() {
        return peer.all(Http2Peer.WINDOW_UPDATE).stream()
                .filter(frame -> frame.stream() == stream)
                .count();
    }
}
