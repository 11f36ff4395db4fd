package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpRequestStream;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.Session;
import org.pollux.reactor.Reactor;

/**
 * Carries a session over a stream of an HTTP/2 connection (RFC 8441, section 5): what the session says is the body of a request,
 * and what it hears the body of its response. The window of the stream is its backpressure.
 */
final class StreamWire implements SessionCarrier {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The time that the server has to end its side. */
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final OnLoop loop;
    private final HttpRequestStream out;
    private final HttpExchange exchange;

    /** What the session has not taken: a part of a header, or what came before a pause. */
    private final Bytes rest = new Bytes(0);

    private @Nullable Session session;

    StreamWire(Reactor reactor, HttpRequestStream out, HttpExchange exchange) {
        this.loop = new OnLoop(reactor);
        this.out = out;
        this.exchange = exchange;
    }

    @Override
    public void carry(Session carried) {
        session = carried;
        out.onDrained(carried::drained);
        carried.open();
    }

    // ---- from the server, on the loop

    /** Takes all of the data. */
    void data(ByteBuffer in) {
        Session to = session;
        if (to == null) {
            return;
        }
        if (rest.size() == 0) {
            to.take(in);
            rest.add(in);
        } else {
            rest.add(in);
            ByteBuffer all = rest.content();
            to.take(all);
            rest.remove(0, all.position());
        }
    }

    /** Nothing more comes. */
    void ended(String why) {
        loop.end();
        if (session != null) {
            session.lost(why);
        }
    }

    // ---- SessionWire, from any thread

    @Override
    public boolean write(ByteBuffer data) {
        return out.write(data);
    }

    @Override
    public void pause() {
        exchange.pause();
    }

    @Override
    public void resume() {
        exchange.resume();
        loop.later(() -> data(NOTHING.duplicate())); // what is kept here, and in the session of a compressed message
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
        out.close();
        loop.every(FINISH, this::abort);
    }

    @Override
    public void abort() {
        exchange.cancel();
    }
}
