package org.pollux.http.client;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.tls.TlsException;

/**
 * A connection to a host, on which one call follows another.
 *
 * <pre>
 *   start(call) ─▶ CONNECTING ─▶ in use ─ the response is whole ─▶ kept, idle ─▶ start(call)
 *                      │           │                                │
 *                      └───────────┴────────────────────────────────┴─▶ left: the pool no longer counts it
 * </pre>
 *
 * <p>A byte outside a response ends the connection. After a response without a body, the connection becomes idle only after
 * one more read, because some servers send a body a moment later although none is allowed.
 *
 * <p>It is one state machine, so it is one file.
 */
final class ClientConnection implements ConnectionHandler {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Bytes of a body that are handed to the connection at once. */
    private static final int PIECE = 64 * 1024;

    private final ReactorHttpClient client;
    private final Origin origin;
    private final Connection connection;
    private final ResponseReader reader;
    private @Nullable Call call;
    private boolean established;
    private boolean left;

    /** Whether the connection has served a call before the current one. */
    private boolean kept;

    /** Whether a byte has come for the current call. */
    private boolean responded;

    private ByteBuffer unsent = NOTHING;

    /** Set while a part of a head has come. */
    private @Nullable Handle headDeadline;

    /** Opens a connection, which is established later or fails. */
    ClientConnection(ReactorHttpClient client, Origin origin) {
        this.client = client;
        this.origin = origin;
        this.reader = new ResponseReader(client);
        this.connection = client.reactor().connect(ReactorHttpClient.address(origin), this, options());
    }

    private ConnectOptions options() {
        ConnectOptions plain =
                ConnectOptions.DEFAULTS.withTimeout(client.settings().connectTimeout());
        return origin.isEncrypted() ? plain.withTls(client.tls(), origin.address()) : plain;
    }

    Origin origin() {
        return origin;
    }

    boolean isIdle() {
        return call == null && !left;
    }

    // ---- requests

    void start(Call next) {
        call = next;
        responded = false;
        next.on(this);
        reader.begin(next, kept);
        connection.idleTimeout(client.settings().idleTimeout());
        connection.write(client.writer().head(next.request()));
        unsent = next.request().body().map(ByteBuffer::duplicate).orElse(NOTHING);
        upload();
        if (next.isPaused()) {
            connection.pauseReading();
        }
    }

    private void upload() {
        while (unsent.hasRemaining()) {
            int count = Math.min(PIECE, unsent.remaining());
            ByteBuffer piece = unsent.slice(unsent.position(), count);
            unsent.position(unsent.position() + count);
            if (!connection.write(piece)) {
                return; // continues when it is drained
            }
        }
    }

    void pause() {
        connection.pauseReading();
    }

    void resume() {
        proceed(NOTHING); // reports the held-back parts: decoded bytes, the end
        if (call != null && !call.isPaused()) {
            connection.resumeReading();
        }
    }

    // ---- responses

    @Override
    public void onOpen(Connection same) {
        established = true;
    }

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
            lost("the connection was closed", null);
        }
        if (left) {
            in.position(in.limit());
        }
    }

    /** A head that comes byte by byte gets the same time limit as a head that does not come. */
    private void watchHead() {
        Duration longest = client.settings().idleTimeout();
        boolean begun = call != null && !left && reader.isInHead();
        if (begun && headDeadline == null && !longest.isZero()) {
            headDeadline = client.reactor().after(longest, _ -> headIsLate(longest));
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
        boolean clean = reader.persists()
                && !reader.isInputClosed()
                && !unsent.hasRemaining()
                && connection.pending() == 0
                && !in.hasRemaining();
        boolean redirects = reader.isPassedOver();
        if (clean && !client.settings().keepAlive().isZero() && established && connection.isOpen()) {
            connection.resumeReading();
            connection.idleTimeout(client.settings().keepAlive());
            kept = true;
            if (bodiless) {
                client.pool().rest(this);
                client.afterNextPoll(this::keep);
            } else {
                client.pool().free(this);
            }
        } else {
            close();
        }
        if (redirects) {
            served.followRedirect();
        } else {
            served.end(reader.trailers());
        }
        client.pool().dispatch();
    }

    /** Nothing has come after a response without a body. */
    private void keep() {
        if (client.isClosed()) {
            close();
        } else if (isIdle()) {
            client.pool().free(this);
            client.pool().dispatch();
        }
    }

    @Override
    public void onDrained(Connection same) {
        upload();
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
        } else if (!served.isPaused()) {
            served.fail(new HttpFailure(
                    Reason.TIMED_OUT,
                    "timed out: " + progress() + ", then nothing for "
                            + Durations.text(client.settings().idleTimeout())));
        }
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
            lost(cause == null ? "the connection was closed" : reason(cause), cause);
        }
        client.pool().dispatch();
    }

    // ---- ends

    /** The connection must not be used again, and its call is not complete. */
    private void lost(String why, @Nullable Throwable cause) {
        Call served = call;
        if (served == null) {
            return;
        }
        boolean stale = kept && !responded;
        HttpFailure failure = cause instanceof TlsException tls && (!established || !TlsFailures.isTruncation(tls))
                ? TlsFailures.of(origin, tls)
                : established ? broken(why, cause) : unconnected(why, cause);
        if (stale) {
            giveBack(served, failure);
        } else {
            drop();
            served.fail(failure);
        }
    }

    /** The kept connection failed: the call gets another one. */
    private void giveBack(Call served, HttpFailure failure) {
        drop();
        served.lostKept(failure);
    }

    private HttpFailure broken(String why, @Nullable Throwable cause) {
        Reason reason = reader.isInBody() ? Reason.SHORT_BODY : Reason.NO_RESPONSE;
        String message = reader.isInBody()
                ? "body ended early: " + reader.progress() + ": " + why
                : why + " before " + (responded ? "the head of the response was whole" : "a response came");
        return cause == null ? new HttpFailure(reason, message) : new HttpFailure(reason, message, cause);
    }

    private HttpFailure unconnected(String why, @Nullable Throwable fault) {
        if (fault instanceof UnknownHostException) {
            return new HttpFailure(Reason.UNKNOWN_HOST, inside(why), fault);
        }
        if (fault instanceof SocketTimeoutException) {
            String time = Durations.text(client.settings().connectTimeout());
            return new HttpFailure(
                    Reason.TIMED_OUT, "timed out: no connection to " + origin + " within " + time, fault);
        }
        return fault == null
                ? new HttpFailure(Reason.CLIENT_CLOSED, "no connection to " + origin + ": " + why)
                : new HttpFailure(Reason.CONNECT, inside(why), fault);
    }

    /** A sentence in the form that fits inside another one. */
    private static String inside(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String reason(Throwable fault) {
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }

    /** The progress of the current call, for its failure message. */
    String progress() {
        if (!established) {
            return "no connection to " + origin + " yet";
        }
        return responded ? reader.progress() : "no byte of a response from " + origin;
    }

    /** The call on this connection was given up. */
    void drop() {
        call = null;
        leave();
        connection.abort();
    }

    /** Ends the connection while no call is on it. */
    void close() {
        leave();
        connection.close();
    }

    private void leave() {
        if (!left) {
            left = true;
            watchNoHead();
            reader.close();
            client.pool().left(this);
        }
    }
}
