package org.pollux.samples.http;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.websocket.WebSocketListener;

/**
 * Sends each WebSocket message back. A client that does not read its messages is not read from until it does, so that it costs a
 * limited amount of memory.
 */
@Component(service = WebSocketHandler.class)
@Path("/websocket/echo")
public final class WebSocketEcho implements WebSocketHandler, WebSocketListener {

    @Override
    public WebSocketListener open(Request request) {
        return this;
    }

    @Override
    public void onText(WebSocket socket, String text) {
        goOn(socket, socket.send(text));
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer data) {
        goOn(socket, socket.send(data));
    }

    private static void goOn(WebSocket socket, boolean room) {
        if (!room) {
            socket.pause();
        }
    }

    @Override
    public void onDrained(WebSocket socket) {
        socket.resume();
    }
}
