package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.wire.websocket.CloseCode;
import org.pollux.http.wire.websocket.Session;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/** Carries a session over a connection of its own. */
final class SocketWire implements SessionCarrier, ConnectionHandler {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final OnLoop loop;
    private @Nullable Session session;

    SocketWire(Connection connection) {
        this.connection = connection;
        this.loop = new OnLoop(connection.reactor());
    }

    @Override
    public void carry(Session carried) {
        session = carried;
        connection.handler(this);
        carried.open();
    }

    // ---- SessionWire, from any thread

    @Override
    public boolean write(ByteBuffer data) {
        return connection.write(data);
    }

    @Override
    public void pause() {
        connection.pauseReading();
    }

    @Override
    public void resume() {
        connection.resumeReading();
        loop.later(() -> onData(connection, NOTHING)); // the session may keep a part of a compressed message
    }

    @Override
    public void every(Duration period, Runnable callback) {
        loop.every(period, callback);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void finish() {
        connection.close();
    }

    @Override
    public void abort() {
        connection.abort();
    }

    @Override
    public boolean charge(int octets) {
        return connection.charge(octets);
    }

    // ---- from the server, on the loop

    @Override
    public void onData(Connection same, ByteBuffer in) {
        if (session != null) {
            session.take(in);
        }
    }

    @Override
    public void onDrained(Connection same) {
        if (session != null) {
            session.drained();
        }
    }

    @Override
    public void onInputClosed(Connection same) {
        if (session != null) {
            session.inputEnded("The server has ended the connection without a close");
        }
    }

    @Override
    public void onShutdown(Connection same) {
        if (session != null) {
            session.close(CloseCode.GOING_AWAY, "");
        }
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        loop.end();
        lost(Lost.why(cause));
    }

    private void lost(String why) {
        if (session != null) {
            session.lost(why);
        }
    }
}
