package org.pollux.benchmarks.servers;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends each WebSocket message back. */
public final class JettyEcho implements Session.Listener.AutoDemanding {

    private Session session;

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
    }

    @Override
    public void onWebSocketBinary(ByteBuffer message, Callback callback) {
        session.sendBinary(message, callback);
    }
}
