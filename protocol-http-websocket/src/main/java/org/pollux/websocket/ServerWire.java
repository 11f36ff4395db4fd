package org.pollux.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.RequestBody;
import org.pollux.http.ResponseStream;
import org.pollux.http.wire.websocket.Session;
import org.pollux.http.wire.websocket.SessionWire;

/** Carries a session over an exchange that was upgraded. */
final class ServerWire implements SessionWire, BodyHandler {

    private final ResponseStream out;
    private final RequestBody in;
    private final Tally tally;
    private final long maxMemory;
    private @Nullable Session session;

    ServerWire(ResponseStream out, RequestBody in, Tally tally, long maxMemory) {
        this.out = out;
        this.in = in;
        this.tally = tally;
        this.maxMemory = maxMemory;
    }

    /** Begins, on the loop. */
    void begin(Session carried) {
        session = carried;
        out.onDrained(carried::drained).onClosed(() -> carried.lost("The connection has ended"));
        in.read(this);
        carried.open();
    }

    // ---- from the client

    @Override
    public void onData(ByteBuffer data) {
        if (session != null) {
            session.take(data);
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        if (session != null) {
            session.inputEnded("The client has ended its side without a close");
        }
    }

    @Override
    public void onFailed(Throwable cause) {
        if (session != null) {
            session.lost(String.valueOf(cause.getMessage()));
        }
    }

    // ---- to the client

    @Override
    public boolean write(ByteBuffer data) {
        return out.write(data);
    }

    @Override
    public void pause() {
        unlessOver(in::pause);
    }

    @Override
    public void resume() {
        unlessOver(in::resume);
    }

    /** The body belongs to a request, which throws when it is over. */
    private void unlessOver(Runnable change) {
        if (out.isOpen()) {
            try {
                change.run();
            } catch (IllegalStateException _) { // it has ended since
                return;
            }
        }
    }

    @Override
    public void every(Duration period, Runnable callback) {
        out.every(period, callback);
    }

    @Override
    public void execute(Runnable task) {
        out.execute(task);
    }

    @Override
    public void finish() {
        out.close();
    }

    @Override
    public void abort() {
        out.abort();
    }

    @Override
    public boolean charge(int octets) {
        return tally.charge(octets, maxMemory);
    }
}
