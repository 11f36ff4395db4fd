package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.wire.websocket.CloseCode;
import org.pollux.http.wire.websocket.Session;
import org.pollux.http.wire.websocket.SessionWire;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a session over a connection of its own. */
final class SocketWire implements SessionWire, ConnectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SocketWire.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private @Nullable Session session;
    private @Nullable Handle timer;
    private boolean over;

    SocketWire(Connection connection) {
        this.connection = connection;
    }

    /** Called on the loop: the session gets what comes from now on. */
    void carry(Session carried) {
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
        later(() -> onData(connection, NOTHING)); // the session may keep a part of a compressed message
    }

    @Override
    public void every(Duration period, Runnable callback) {
        execute(() -> set(period, callback));
    }

    @Override
    public void execute(Runnable task) {
        if (connection.reactor().inLoop()) {
            task.run();
        } else {
            later(task);
        }
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

    private void later(Runnable task) {
        try {
            connection.reactor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has ended with its loop", connection, e);
        }
    }

    // ---- on the loop

    private void set(Duration period, Runnable callback) {
        if (timer != null) {
            timer.close();
            timer = null;
        }
        if (!over && !period.isZero()) {
            timer = connection.reactor().every(period, _ -> callback.run());
        }
    }

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
        lost("The server has ended the connection without a close");
    }

    @Override
    public void onShutdown(Connection same) {
        if (session != null) {
            session.close(CloseCode.GOING_AWAY, "");
        }
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        over = true;
        set(Duration.ZERO, () -> {});
        lost(Lost.why(cause));
    }

    private void lost(String why) {
        if (session != null) {
            session.lost(why);
        }
    }
}
