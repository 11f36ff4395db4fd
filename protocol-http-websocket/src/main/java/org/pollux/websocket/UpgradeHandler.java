package org.pollux.websocket;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.wire.websocket.CloseCode;
import org.pollux.http.wire.websocket.Session;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.SessionSettings;
import org.pollux.http.wire.websocket.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections of one handler, or refuses them, and ends those that are open when the handler leaves. */
final class UpgradeHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeHandler.class);

    private final WebSocketHandler handler;
    private final Set<String> subprotocols;
    private final Supplier<WebSocketSettings> settings;
    private final SessionMemory memory;
    private final Tally tally;
    private final Connections connections;

    /** The code for those that come later; 0 as long as it accepts. */
    private volatile int left;

    UpgradeHandler(
            WebSocketHandler handler,
            Set<String> subprotocols,
            Supplier<WebSocketSettings> settings,
            SessionMemory memory,
            Tally tally,
            Connections connections) {
        this.handler = handler;
        this.subprotocols = subprotocols;
        this.settings = settings;
        this.memory = memory;
        this.tally = tally;
        this.connections = connections;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        WebSocketSettings now = settings.get();
        try {
            accept(Handshake.of(request, subprotocols, now), now, request, response);
        } catch (Refusal refusal) {
            LOG.debug("{}: {}", request.path(), refusal.getMessage());
            tally.count(refusal.met());
            refusal.send(response);
        }
    }

    private void accept(Handshake handshake, WebSocketSettings now, Request request, Response response)
            throws Exception {
        if (!tally.open(now.maxConnections())) {
            response.sendError(503);
            return;
        }
        boolean accepted = false;
        try {
            WebSocketListener listener = handler.open(request);
            handshake.accept(response);
            begin(listener, handshake, now, request, response.upgrade(Handshake.PROTOCOL));
            accepted = true;
        } finally {
            if (!accepted) {
                tally.closed(CloseCode.NONE);
            }
        }
    }

    private void begin(
            WebSocketListener listener,
            Handshake handshake,
            WebSocketSettings now,
            Request request,
            ResponseStream stream) {
        ServerWire wire = new ServerWire(stream, request.body(), tally, now.maxMemory());
        Session session =
                new Session(Side.SERVER, listener, wire, sessionSettings(handshake, now), memory, this::ended);
        connections.opened(session, this);
        stream.onClosed(() -> session.lost("The connection has ended"))
                .onShutdown(() -> session.leave(CloseCode.GOING_AWAY, now.drain()));
        stream.execute(() -> wire.begin(session));
        if (left != 0) {
            session.leave(left, Duration.ZERO);
        }
    }

    private SessionSettings sessionSettings(Handshake handshake, WebSocketSettings now) {
        return new SessionSettings(
                () -> 0,
                handshake.subprotocol(),
                handshake.compression(),
                now.maxMessage(),
                now.compressFrom(),
                now.ping(),
                now.closeTimeout());
    }

    private void ended(Session session, int code) {
        connections.ended(session);
        tally.closed(code);
    }

    /** Ends all connections with that code, each when its present message is complete. */
    void leave(int code) {
        left = code;
        Duration drain = settings.get().drain();
        connections.of(this, session -> session.leave(code, drain));
    }
}
