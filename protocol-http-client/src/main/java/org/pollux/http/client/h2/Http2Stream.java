package org.pollux.http.client.h2;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.Carrier;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.ResponseDelivery;
import org.pollux.http.client.exchange.Upload;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.InputWindow;
import org.pollux.reactor.Handle;

/**
 * A stream (RFC 9113, section 5): it carries one call. Octets of the body that a paused call does not take wait here, at most a
 * window of them; the server gets back what was taken.
 *
 * <pre>
 *   begin ──▶ AWAITED ──a final head──▶ BODY ──its end was taken──▶ OVER
 *                │                       │                           ▲
 *                └───────────────────────┴── reset by either side ───┘
 * </pre>
 *
 * <p>A response may be complete before the request was sent: the rest of the request is given up then.
 */
final class Http2Stream implements Carrier {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int UNKNOWN = -1;

    private final Http2Connection connection;
    private final ClientLoop loop;
    private final int id;
    private final Call call;
    private final ResponseDelivery delivery;
    private final InputWindow window = new InputWindow();
    private final Bytes held = new Bytes(0);
    private boolean inputEnded;
    private Headers trailers = FieldLines.NONE;

    /** The length of the body that the head announces. */
    private long announced = UNKNOWN;

    /** Octets of the body that have come. */
    private long received;

    private boolean over;

    // ---- the request

    /** Whether its head is sent, so that the server knows the stream. */
    private boolean asked;

    private final Upload body;

    /** Whether the request is sent to its end, or the server wants no more of it. */
    private boolean sent;

    private long serversWindow;

    // ---- silence
    private long moved;
    private @Nullable Handle silence;

    Http2Stream(Http2Connection connection, ClientLoop loop, int id, Call call, int serversWindow) {
        this.connection = connection;
        this.loop = loop;
        this.id = id;
        this.call = call;
        this.delivery = new ResponseDelivery(loop);
        this.serversWindow = serversWindow;
        this.body = call.upload(this::send);
        this.sent = !call.request().hasBody();
        this.window.begin(loop.settings().http2().window());
        delivery.begin(call);
        watch(call.protocol() == null ? loop.settings().idleTimeout() : Duration.ZERO);
    }

    int id() {
        return id;
    }

    Call call() {
        return call;
    }

    /** Whether nothing of a response has come. */
    boolean isUntouched() {
        return delivery.isUntouched();
    }

    // ---- the request

    boolean isAsked() {
        return asked;
    }

    /** The head is sent. */
    void asked() {
        asked = true;
    }

    boolean canUpload() {
        return !over && !sent && (body.hasBytes() ? serversWindow > 0 : body.isAtEnd());
    }

    /** There are bytes, or the end, which needs no window. */
    private void send() {
        if (!body.hasBytes() && canUpload()) {
            upload(0);
        } else {
            connection.uploads().offer(this);
            connection.uploads().run();
        }
    }

    /** The server takes more. False when the window would be larger than it may be. */
    boolean widen(long increment) {
        serversWindow += increment;
        return serversWindow <= Integer.MAX_VALUE;
    }

    /** Sends a piece of the body of at most that many octets, and its end if it is there. */
    void upload(int most) {
        moved = loop.reactor().nanoTime();
        if (body.hasBytes()) {
            ByteBuffer piece = body.next((int) Math.min(most, serversWindow));
            int octets = piece.remaining();
            serversWindow -= octets;
            sent = body.isAtEnd() && body.trailers().isEmpty();
            connection.output().data(id, piece, sent);
            connection.uploaded(octets);
        }
        if (!sent && body.isAtEnd()) {
            sent = true;
            endUpload();
        }
    }

    private void endUpload() {
        if (body.trailers().isEmpty()) {
            connection.output().data(id, NOTHING.duplicate(), true);
        } else {
            connection.output().head(id, connection.heads().trailers(body.trailers()), true);
        }
    }

    /** Whether the head of the response has come. */
    boolean isHeaded() {
        return delivery.isHeaded();
    }

    /** Whether all frames of the response have come. */
    boolean isWhole() {
        return inputEnded;
    }

    /** The server wants no more of the request. */
    void isEnough() {
        sent = true;
    }

    // ---- the response

    /** A head has come, or the fields behind the body, and it was read. */
    void head(ResponseFields fields, boolean last) {
        moved = loop.reactor().nanoTime();
        if (inputEnded) {
            fail(ErrorCode.STREAM_CLOSED, malformed("a head comes behind the end of its response"));
            return;
        }
        try {
            fields.check(!delivery.isHeaded());
            if (delivery.isHeaded()) {
                end(last, fields.copy());
            } else {
                head(fields.status(), fields, last);
            }
        } catch (HttpFailure e) {
            fail(e);
        }
    }

    private void head(int status, ResponseFields fields, boolean last) throws HttpFailure {
        if (fields.isInterim() && last) {
            throw malformed("an interim response (" + status + ") ends the stream");
        }
        boolean bodiless = call.request().method().equals("HEAD") || status == 204 || status == 304;
        long length = last || bodiless ? 0 : fields.length();
        if (delivery.head("HTTP/2", status, "", fields.copy(), length) && !over) {
            announced = bodiless ? 0 : fields.length();
            if (last) {
                end(true, FieldLines.NONE);
            }
        }
    }

    private static HttpFailure malformed(String what) {
        return new HttpFailure(Reason.MALFORMED, what);
    }

    /** No frame of the response follows. */
    private void end(boolean last, Headers fields) throws HttpFailure {
        if (!last) {
            throw malformed("a second head does not end the stream");
        }
        if (announced >= 0 && received != announced) {
            throw new HttpFailure(
                    Reason.SHORT_BODY, "body ended early: " + received + " of " + announced + " bytes had come");
        }
        inputEnded = true;
        trailers = fields;
        proceed(NOTHING);
    }

    /**
     * Takes the payload of a DATA frame, which is the rest of the buffer.
     *
     * @param octets of the frame that count for the window
     */
    void data(ByteBuffer in, int octets, boolean last) {
        moved = loop.reactor().nanoTime();
        int length = in.remaining();
        received += length;
        if (inputEnded) {
            fail(ErrorCode.STREAM_CLOSED, malformed("a body continues behind its end"));
        } else if (!window.take(octets)) {
            fail(ErrorCode.FLOW_CONTROL_ERROR, malformed("the server sends more than it may"));
        } else if (!delivery.isHeaded()) {
            fail(ErrorCode.PROTOCOL_ERROR, malformed("a body comes before its head"));
        } else if (announced >= 0 && received > announced) {
            fail(
                    ErrorCode.PROTOCOL_ERROR,
                    malformed("the body is longer than its head says: more than " + announced + " bytes"));
        } else {
            consumed(octets - length); // the padding
            proceed(in);
            if (last && !over) {
                ends();
            }
        }
    }

    private void ends() {
        try {
            end(true, FieldLines.NONE);
        } catch (HttpFailure e) {
            fail(e);
        }
    }

    /** Delivers what waits here, and then the buffer. What the call does not take waits. */
    private void proceed(ByteBuffer in) {
        try {
            if (held.size() == 0) {
                deliver(in);
                keep(in);
            } else {
                held.add(in);
                ByteBuffer all = held.content();
                deliver(all);
                int taken = all.position();
                if (!over) {
                    held.remove(0, taken);
                }
            }
        } catch (HttpFailure e) {
            fail(e);
        }
    }

    private void keep(ByteBuffer in) {
        if (!over) {
            held.add(in);
        }
    }

    private void deliver(ByteBuffer in) throws HttpFailure {
        if (over || !delivery.goesOn() || !delivery.isHeaded()) {
            return;
        }
        int before = in.remaining();
        delivery.data(in);
        if (over) {
            return;
        }
        consumed(before - in.remaining());
        if (delivery.isEnough()) {
            in.position(in.limit());
            complete();
        } else if (inputEnded && !in.hasRemaining() && delivery.goesOn()) {
            delivery.end();
            complete();
        }
    }

    private void consumed(int octets) {
        int told = window.consumed(octets);
        if (told > 0 && !inputEnded && !over) {
            connection.output().windowUpdate(id, told);
        }
    }

    /** The call has its response. What is left of either side is given up. */
    private void complete() {
        boolean clean = inputEnded && sent;
        leave();
        connection.ended(this, clean ? null : ErrorCode.CANCEL);
        if (delivery.isPassedOver()) {
            call.followRedirect();
        } else {
            call.end(trailers);
        }
        connection.keeper().dispatch();
    }

    // ---- Carrier

    @Override
    public void pause() {
        // what comes is held, and the server's window is not widened
    }

    @Override
    public void resume() {
        moved = loop.reactor().nanoTime();
        proceed(NOTHING);
    }

    @Override
    public void abandon() {
        if (!over) {
            leave();
            connection.ended(this, ErrorCode.CANCEL);
        }
    }

    @Override
    public String progress() {
        if (!delivery.isHeaded()) {
            return "no byte of a response from " + connection.route().origin();
        }
        return announced >= 0
                ? delivery.received() + " of " + announced + " bytes had come"
                : delivery.received() + " bytes had come";
    }

    // ---- ends

    private void fail(HttpFailure failure) {
        fail(failure.reason() == Reason.MALFORMED ? ErrorCode.PROTOCOL_ERROR : ErrorCode.CANCEL, failure);
    }

    /** Ends the stream because of that failure. */
    private void fail(ErrorCode error, HttpFailure failure) {
        if (!over) {
            leave();
            connection.ended(this, error);
            call.fail(failure);
        }
    }

    /** The stream has ended, by the server or with the connection. Its call continues elsewhere, or fails. */
    void leave() {
        over = true;
        held.clear();
        delivery.close();
        if (silence != null) {
            silence.close();
            silence = null;
        }
    }

    /** The failure of a call whose stream has ended by that reason. */
    HttpFailure broken(String why, @Nullable Throwable cause) {
        boolean inBody = delivery.isHeaded();
        String message = inBody ? "body ended early: " + progress() + ": " + why : why + " before a response came";
        return connection.lost(inBody ? Reason.SHORT_BODY : Reason.NO_RESPONSE, message, cause);
    }

    /** Looks in a while whether anything of this stream has moved: others may keep the connection busy. */
    private void watch(Duration after) {
        moved = loop.reactor().nanoTime();
        if (!after.isZero()) {
            silence = loop.reactor().after(after, _ -> look());
        }
    }

    private void look() {
        Duration longest = loop.settings().idleTimeout();
        Duration left = longest.minusNanos(loop.reactor().nanoTime() - moved);
        if (call.isPaused() || body.isWaitedFor()) {
            silence = loop.reactor().after(longest, _ -> look());
        } else if (left.isPositive()) {
            silence = loop.reactor().after(left, _ -> look());
        } else {
            fail(
                    ErrorCode.CANCEL,
                    new HttpFailure(
                            Reason.TIMED_OUT,
                            "timed out: " + progress() + ", then nothing for " + Durations.text(longest)));
        }
    }
}
