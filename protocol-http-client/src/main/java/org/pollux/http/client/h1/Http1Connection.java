package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.Carrier;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.Keeper;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.exchange.Upload;
import org.pollux.http.client.exchange.Wire;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;

/**
 * A connection to a host, on which one call follows another.
 *
 * <pre>
 *   start(call) ─▶ in use ─ the response is whole ─▶ kept, idle ─▶ start(call)
 *                    │                                │
 *                    └────────────────────────────────┴─▶ left: the keeper no longer counts it
 * </pre>
 *
 * <p>A byte outside a response ends the connection. After a response without a body, the connection becomes idle only after
 * one more read, because some servers send a body a moment later although none is allowed.
 */
public final class Http1Connection implements ConnectionHandler, Wire, Carrier {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Bytes of a body that are handed to the connection at once. */
    private static final int PIECE = 64 * 1024;

    private static final ByteBuffer CRLF =
            ByteBuffer.wrap(new byte[] {'\r', '\n'}).asReadOnlyBuffer();

    private final ClientLoop loop;
    private final Keeper keeper;
    private final Route route;
    private final Connection connection;
    private final RequestWriter writer;
    private final ResponseReader reader;
    private @Nullable Call call;
    private boolean left;

    /** Whether the connection has served a call before the current one. */
    private boolean kept;

    /** Whether a byte has come for the current call. */
    private boolean responded;

    private @Nullable Upload upload;

    /** Whether more bytes wait to be sent than the high-water mark. */
    private boolean full;

    /** Whether the request is sent to its end. */
    private boolean sent;

    /** Set while a part of a head has come. */
    private @Nullable Handle headDeadline;

    /** Takes an established connection. */
    public Http1Connection(ClientLoop loop, Keeper keeper, Route route, Connection connection) {
        this.loop = loop;
        this.keeper = keeper;
        this.route = route;
        this.connection = connection;
        this.writer = new RequestWriter(loop.settings().userAgent());
        this.reader = new ResponseReader(loop);
    }

    // ---- Wire

    @Override
    public Route route() {
        return route;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Tunnels tunnels() {
        return Tunnels.NO;
    }

    @Override
    public boolean hasRoom() {
        return isIdle();
    }

    @Override
    public boolean isIdle() {
        return call == null && !left;
    }

    @Override
    public void start(Call next) {
        call = next;
        responded = false;
        next.on(this);
        reader.begin(next, kept);
        connection.idleTimeout(loop.settings().idleTimeout());
        sent = false;
        upload = next.upload(this::send);
        full = !connection.write(writer.head(next.request(), route.reader()));
        next.headSent();
        if (next.isPaused()) {
            connection.pauseReading();
        }
    }

    /** Sends as much of the request's body as the system takes. It goes on when the connection is drained. */
    private void send() {
        Upload body = upload;
        if (body == null || call == null) {
            return;
        }
        while (!full && body.hasBytes()) {
            chunk(body, body.next(PIECE));
        }
        if (!sent && body.isAtEnd()) {
            sent = true;
            if (!body.hasLength()) {
                full |= !connection.write(writer.end(body.trailers()));
            }
        }
    }

    private void chunk(Upload body, ByteBuffer piece) {
        if (body.hasLength()) {
            full = !connection.write(piece);
        } else {
            connection.write(writer.chunk(piece.remaining()));
            connection.write(piece);
            full = !connection.write(CRLF.duplicate());
        }
    }

    @Override
    public void pause() {
        connection.pauseReading();
    }

    @Override
    public void resume() {
        proceed(NOTHING); // reports the held-back parts: decoded bytes, the end
        if (call != null && !call.isPaused()) {
            connection.resumeReading();
        }
    }

    // ---- responses

    @Override
    public void onData(Connection same, ByteBuffer in) {
        if (call == null) {
            in.position(in.limit());
            leave(); // nothing was requested, so it is not a response
            connection.abort();
            return;
        }
        responded = true;
        proceed(in);
    }

    private void proceed(ByteBuffer in) {
        Call served = call;
        if (served == null) {
            return;
        }
        try {
            if (reader.read(in)) {
                finish(served, in);
            }
        } catch (HttpFailure e) {
            if (reader.isStale()) {
                giveBack(served, e);
            } else {
                served.fail(e);
            }
        }
        watchHead();
        if (call == served && reader.isInputClosed() && !served.isPaused()) {
            lost(Lost.why(null), null);
        }
        if (left) {
            in.position(in.limit());
        }
    }

    /** A head that comes byte by byte gets the same time limit as a head that does not come. */
    private void watchHead() {
        Duration longest = loop.settings().idleTimeout();
        boolean begun = call != null && !left && reader.isInHead();
        if (begun && headDeadline == null && !longest.isZero()) {
            headDeadline = loop.reactor().after(longest, _ -> headIsLate(longest));
        } else if (!begun) {
            watchNoHead();
        }
    }

    private void watchNoHead() {
        if (headDeadline != null) {
            headDeadline.close();
            headDeadline = null;
        }
    }

    private void headIsLate(Duration longest) {
        headDeadline = null;
        Call served = call;
        if (served != null && !served.isPaused()) {
            String message = "timed out: the head of the response was not whole after " + Durations.text(longest);
            served.fail(new HttpFailure(Reason.TIMED_OUT, message));
        }
    }

    private void finish(Call served, ByteBuffer in) {
        boolean bodiless = reader.isBodiless();
        call = null;
        upload = null; // an idle connection does not keep the body in memory
        boolean clean =
                reader.persists() && !reader.isInputClosed() && sent && connection.pending() == 0 && !in.hasRemaining();
        boolean redirects = reader.isPassedOver();
        if (clean && !loop.settings().keepAlive().isZero() && connection.isOpen()) {
            connection.resumeReading();
            connection.idleTimeout(loop.settings().keepAlive());
            kept = true;
            if (bodiless) {
                keeper.rest(this);
                loop.afterNextPoll(this::keep);
            } else {
                keeper.free(this);
            }
        } else {
            close();
        }
        if (redirects) {
            served.followRedirect();
        } else {
            served.end(reader.trailers());
        }
        keeper.dispatch();
    }

    /** Nothing has come after a response without a body. */
    private void keep() {
        if (loop.isClosed()) {
            close();
        } else if (isIdle()) {
            keeper.free(this);
            keeper.dispatch();
        }
    }

    @Override
    public void onDrained(Connection same) {
        full = false;
        send();
    }

    @Override
    public void onInputClosed(Connection same) {
        if (call == null) {
            close();
        } else {
            reader.inputClosed();
            proceed(NOTHING);
        }
    }

    @Override
    public void onTimeout(Connection same) {
        Call served = call;
        if (served == null) {
            close();
        } else if (!served.isPaused() && !isProducerSilent()) {
            served.fail(new HttpFailure(
                    Reason.TIMED_OUT,
                    "timed out: " + progress() + ", then nothing for "
                            + Durations.text(loop.settings().idleTimeout())));
        }
    }

    /** Whether the silence is that of this side: the body of the request is not there yet. */
    private boolean isProducerSilent() {
        return upload != null && upload.isWaitedFor();
    }

    @Override
    public void onShutdown(Connection same) {
        if (call == null) {
            close();
        }
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        leave();
        if (call != null) {
            lost(Lost.why(cause), cause);
        }
        keeper.dispatch();
    }

    // ---- ends

    /** The connection must not be used again, and its call is not complete. */
    private void lost(String why, @Nullable Throwable cause) {
        Call served = call;
        if (served == null) {
            return;
        }
        HttpFailure failure = broken(why, cause);
        if (kept && !responded) {
            giveBack(served, failure);
        } else {
            abandon();
            served.fail(failure);
        }
    }

    /** The kept connection failed: the call gets another one. */
    private void giveBack(Call served, HttpFailure failure) {
        abandon();
        served.lostKept(failure);
    }

    private HttpFailure broken(String why, @Nullable Throwable cause) {
        Reason reason = reader.isInBody() ? Reason.SHORT_BODY : Reason.NO_RESPONSE;
        String message = reader.isInBody()
                ? "body ended early: " + reader.progress() + ": " + why
                : why + " before " + (responded ? "the head of the response was whole" : "a response came");
        return Lost.failure(route.origin(), reason, message, cause);
    }

    @Override
    public String progress() {
        return responded ? reader.progress() : "no byte of a response from " + route.origin();
    }

    @Override
    public void abandon() {
        call = null;
        leave();
        connection.abort();
    }

    @Override
    public void close() {
        leave();
        connection.close();
    }

    private void leave() {
        if (!left) {
            left = true;
            watchNoHead();
            reader.close();
            keeper.left(this);
        }
    }
}
