package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;

/** Writes down what it hears. */
class Heard implements WebSocketListener {

    final List<String> all = new ArrayList<>();

    /** Since the last call of this. */
    final List<String> taken() {
        List<String> taken = List.copyOf(all);
        all.clear();
        return taken;
    }

    @Override
    public void onOpen(WebSocket socket) {
        all.add("open");
    }

    @Override
    public void onText(WebSocket socket, String text) throws Exception {
        all.add("text " + text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer data) {
        all.add("binary " + StandardCharsets.ISO_8859_1.decode(data));
    }

    @Override
    public void onDrained(WebSocket socket) {
        all.add("drained");
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        all.add(("closed " + code + " " + reason).strip());
    }
}
