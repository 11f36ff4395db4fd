package org.pollux.http.server.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pollux.http.Header;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;
import org.pollux.http.server.contract.Client;
import org.pollux.http.server.h2.Http2Peer.Frame;

/** A client that keeps to the windows of both sides: it sends what it may, and tells what it has read. */
final class Http2Client implements Client {

    private static final int WINDOW_OF_CONNECTION = 65_535;

    /** A client with a larger window never tells that it has read. */
    private static final int WIDE = 10_000_000;

    private final Http2Peer peer;
    private final int ownWindow;
    private final Map<Integer, Http2Asked> asked = new TreeMap<>();

    /** Frames that wait until no call of the server runs. */
    private final List<byte[]> waiting = new ArrayList<>();

    private boolean sending;
    private boolean held;
    private int next = 1;
    private int streamWindow = WINDOW_OF_CONNECTION;
    private long window = WINDOW_OF_CONNECTION;

    Http2Client(Http2Peer peer, int ownWindow) {
        this.peer = peer;
        this.ownWindow = ownWindow;
        peer.begin(4, ownWindow);
        if (ownWindow > WINDOW_OF_CONNECTION) {
            peer.send(peer.window(0, ownWindow - WINDOW_OF_CONNECTION));
        }
    }

    @Override
    public Asked ask(Ask request) {
        exchange();
        boolean extended = request.length() == Ask.UPGRADE;
        List<String> fields = new ArrayList<>(List.of(
                ":method",
                extended ? "CONNECT" : request.method(),
                ":scheme",
                "http",
                ":path",
                request.target(),
                ":authority",
                "h"));
        for (Header field : request.fields()) {
            boolean protocol = extended && field.name().equals("Upgrade");
            fields.add(protocol ? ":protocol" : field.name().toLowerCase(Locale.ROOT));
            fields.add(field.value());
        }
        if (request.length() >= 0) {
            fields.add("content-length");
            fields.add(String.valueOf(request.length()));
        }
        Http2Asked begun = new Http2Asked(this, next, request.length(), streamWindow);
        asked.put(next, begun);
        boolean ends = request.length() == Ask.NONE || request.length() == 0;
        send(peer.headers(next, ends ? Http2Peer.END_STREAM : 0, fields.toArray(String[]::new)));
        next += 2;
        return begun;
    }

    void send(byte[] frame) {
        waiting.add(frame);
        flush();
    }

    /** Nothing is sent while a call of the server runs that something sent before has caused. */
    private boolean flush() {
        if (sending || waiting.isEmpty()) {
            return false;
        }
        sending = true;
        while (!waiting.isEmpty()) {
            peer.send(waiting.removeFirst());
        }
        sending = false;
        return true;
    }

    /** The octets of a body that may be sent. */
    int room(int most) {
        return (int) Math.min(window, most);
    }

    void data(int stream, boolean last, String text) {
        window -= text.length();
        send(peer.data(stream, last ? Http2Peer.END_STREAM : 0, text));
    }

    void trailer(int stream, String name, String value) {
        send(peer.headers(stream, Http2Peer.END_STREAM, name.toLowerCase(Locale.ROOT), value));
    }

    void cancel(int stream) {
        send(peer.reset(stream));
    }

    /** Reads what has come and sends what may be sent. True when something was sent. */
    boolean exchange() {
        read();
        asked.values().forEach(Http2Asked::pump);
        return flush();
    }

    /** Reads what has come, unless it holds back. */
    void read() {
        if (held) {
            return;
        }
        for (Frame frame : peer.received()) {
            Http2Asked of = asked.get(frame.stream());
            switch (frame.type()) {
                case Http2Peer.SETTINGS -> settings(frame);
                case Http2Peer.WINDOW_UPDATE -> {
                    if (of == null) {
                        window += frame.number(0);
                    } else {
                        of.widen(frame.number(0));
                    }
                }
                case Http2Peer.HEADERS -> of(frame).head(peer.fields(frame), frame.has(Http2Peer.END_STREAM));
                case Http2Peer.DATA -> data(frame);
                case Http2Peer.RST_STREAM -> of(frame).reset();
                case Http2Peer.GOAWAY -> {}
                default -> throw new AssertionError("An unexpected frame: " + frame);
            }
        }
    }

    private Http2Asked of(Frame frame) {
        Http2Asked of = asked.get(frame.stream());
        if (of == null) {
            throw new AssertionError("A frame of no stream: " + frame);
        }
        return of;
    }

    private void settings(Frame frame) {
        for (int at = 0; at < frame.payload().length; at += 6) {
            if (frame.payload()[at + 1] == 4) {
                streamWindow = frame.number(at + 2);
            }
        }
        if (!frame.has(Http2Peer.ACK)) {
            waiting.add(Http2Peer.frame(Http2Peer.SETTINGS, Http2Peer.ACK, 0));
        }
    }

    private void data(Frame frame) {
        of(frame).piece(frame.payload(), frame.has(Http2Peer.END_STREAM));
        int octets = frame.payload().length;
        if (octets > 0 && ownWindow < WIDE) {
            waiting.add(peer.window(0, octets));
            if (!frame.has(Http2Peer.END_STREAM)) {
                waiting.add(peer.window(frame.stream(), octets));
            }
        }
    }

    @Override
    public void holdBack() {
        exchange();
        held = true;
        peer.end.block();
    }

    @Override
    public long waiting() {
        return peer.end.pending() + peer.end.charged();
    }

    @Override
    public void readOn() {
        held = false;
        peer.end.drain();
        exchange();
    }

    @Override
    public void goAway() {
        peer.end.reset();
    }

    @Override
    public void drain() {
        peer.end.shutDown();
    }

    @Override
    public boolean isOpen() {
        return peer.end.isOpen();
    }

    @Override
    public long charged() {
        return peer.end.charged();
    }
}
