package org.pollux.http.server.h1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.server.exchange.Carrier;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.exchange.InboundBody;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.routing.Route;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one exchange after the other over a connection: it reads the body of the request and writes the response.
 *
 * <pre>
 *            serve                       the response is complete, and the body not
 *   IDLE ───────────────▶ RESPONDING ───────────────────────────────────────────▶ PASSING_OVER
 *    │ ▲ ▲                 │     │                                                 │  │
 *    │ │ └─ both complete ─┘     │                                                 │  │
 *    │ └──────────────────────── the rest of the body was read ────────────────────┘  │
 *    │                           │                                                    │
 *    └── end ──▶ CLOSED ◀────────┴── the last response ◀── too much of the body is left ┘
 * </pre>
 *
 * <p>For the loop's thread, except where {@link Carrier} says otherwise. It is one file because it is one state machine.
 * Bytes are written elsewhere ({@link ResponseOutput}), and time is kept elsewhere ({@link InboundDeadline}).
 */
final class Http1Conversation implements Carrier {

    private enum Phase {
        IDLE,
        RESPONDING,
        PASSING_OVER,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Http1Conversation.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final Http1Loop loop;
    private final ResponseOutput output;

    /** The time limit for the rest of the head or body; null until one has arrived in part. */
    private @Nullable InboundDeadline deadline;

    private Phase phase = Phase.IDLE;
    private @Nullable Exchange exchange;

    /**
     * The previous exchange, while its response waits for a client that does not read. No other exchange begins until there
     * is room.
     */
    private @Nullable Exchange leaving;

    /** Whether the connection closes after the next response. */
    private boolean last;

    /** Whether the client has said that the present request is its last one (RFC 9112, section 9.6). */
    private boolean lastOfClient;

    /** Whether the next response ends soon, even if it has no end of its own. */
    private boolean windingUp;

    /** Whether another protocol has the connection: its bytes have no minimum rate. */
    private boolean upgraded;

    /** Whether the unread bytes wait for {@link #resume}. */
    private boolean paused;

    Http1Conversation(Connection connection, Http1Loop loop) {
        this.connection = connection;
        this.loop = loop;
        this.output = new ResponseOutput(connection, loop);
    }

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    boolean isResponding() {
        return phase == Phase.RESPONDING;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Whether few enough bytes wait to be sent that another request may be served. */
    boolean hasRoom() {
        return !output.isFull();
    }

    /** The work in progress, for reports. It may be read on any thread, while the work changes. */
    String work() {
        Exchange current = exchange;
        return current == null ? "no request" : current.line();
    }

    // ---- waiting bytes of the client, and its deadlines

    boolean isPaused() {
        return paused;
    }

    /** Pauses reading: the unread bytes wait until they can be processed. */
    void pause() {
        paused = true;
        connection.pauseReading();
    }

    private void resume() {
        if (paused) {
            paused = false;
            connection.resumeReading();
        }
    }

    /** Checks a waiting request again: it is served now, or continues to wait. */
    void lookAgain() {
        if (phase == Phase.IDLE) {
            resume();
        }
    }

    boolean isAwaiting() {
        return deadline != null && deadline.isRunning();
    }

    /** A head has arrived in part; false when its time is over. */
    boolean awaitHead() {
        return deadline().awaitHead();
    }

    void headRead() {
        stopWaiting();
    }

    private InboundDeadline deadline() {
        InboundDeadline present = deadline;
        if (present == null) {
            present = new InboundDeadline(connection, loop);
            deadline = present;
        }
        return present;
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.stop();
        }
    }

    // ---- where an exchange runs

    @Override
    public Reactor reactor() {
        return connection.reactor();
    }

    @Override
    public void execute(Runnable task) {
        try {
            connection.reactor().execute(() -> {
                loop.enter();
                task.run();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has ended with its loop, and its pending task is dropped", connection, e);
        }
    }

    @Override
    public Optional<TlsInfo> tls() {
        return connection.tls();
    }

    @Override
    public Optional<ProxyInfo> proxy() {
        return connection.proxy();
    }

    @Override
    public long connection() {
        return connection.id();
    }

    @Override
    public SocketAddress remote() {
        return connection.remote();
    }

    @Override
    public SocketAddress local() {
        return connection.local();
    }

    @Override
    public boolean charge(long bytes) {
        return connection.charge(bytes);
    }

    @Override
    public long pending() {
        return connection.pending();
    }

    // ---- the request

    /** Serves the request whose head is at the buffer's position, and takes its bytes from the buffer. */
    void serve(Route route, ByteBuffer in, HeadParser parser) {
        Exchange begun = loop.exchanges().spare();
        begun.begin(this, in, parser.layout(), route);
        exchange = begun;
        phase = Phase.RESPONDING;
        if (windingUp) {
            begun.windUp();
        }
        begun.call();
        if (begun.body().isTaking()) {
            take(begun, in);
        }
        if (exchange == begun) {
            begun.outlive();
            awaitBody(begun, 0);
        }
    }

    /** Takes the bytes of the body that have arrived. False when it must wait for more bytes or for another event. */
    boolean takeBody(ByteBuffer in) {
        Exchange current = exchange;
        if (current == null || !current.body().isTaking()) {
            return false;
        }
        int before = in.remaining();
        take(current, in);
        if (exchange == current) {
            awaitBody(current, before - in.remaining());
        }
        return phase == Phase.IDLE;
    }

    private void take(Exchange current, ByteBuffer in) {
        current.take(in);
        InboundBody body = current.body();
        if (exchange == current && phase == Phase.PASSING_OVER && body.isOver()) {
            passedOver(body);
        }
    }

    private void awaitBody(Exchange current, int bytes) {
        if (upgraded || !current.body().isTaking()) {
            stopWaiting();
        } else if (!deadline().awaitBody(bytes)) {
            bodyTimedOut();
        }
    }

    @Override
    public void readOn() {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        take(current, NOTHING);
        if (exchange == current) {
            awaitBody(current, 0);
            if (current.body().isTaking()) {
                resume();
            }
        }
    }

    void bodyTimedOut() {
        Exchange current = exchange;
        if (phase == Phase.RESPONDING && current != null) {
            current.bodyFailed(408, new SocketTimeoutException("The client sends its body too slowly"));
        } else {
            loop.counts().bodyRefused(408, false);
            end();
        }
    }

    // ---- the response

    @Override
    public void inform(int status, Bytes fields) {
        output.inform(status, fields);
    }

    @Override
    public void send(OutgoingResponse response, byte[] body) {
        output.send(response, isLast(), body);
    }

    @Override
    public void send(OutgoingResponse response, ByteBuffer body) {
        output.send(response, isLast(), body);
    }

    @Override
    public void begin(OutgoingResponse response, long length) {
        BodyFraming framing = BodyFraming.of(response, length);
        upgraded = response.isUpgrade();
        last |= framing == BodyFraming.UNTIL_CLOSE;
        output.begin(response, isLast(), length, framing);
    }

    private boolean isLast() {
        Exchange current = exchange;
        if (current != null) {
            last |= current.body().isLast() || current.response().isTunnel();
        }
        return last;
    }

    @Override
    public boolean write(ByteBuffer data) {
        return output.write(data);
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        return output.transfer(file, from, count);
    }

    @Override
    public void finish(Bytes trailers) {
        output.finish(trailers);
    }

    /** Bytes below the high-water mark count as taken, because the system usually has them already. */
    @Override
    public boolean hasLeft() {
        return hasRoom();
    }

    @Override
    public void complete() {
        Exchange current = exchange;
        if (current != null && current.isLeaving()) {
            leaving = current;
        }
        if (last || current == null) {
            end();
        } else if (current.body().isOver()) {
            next();
        } else {
            phase = Phase.PASSING_OVER;
            resume();
        }
    }

    /** The rest of a body was read, or is too large to be read. */
    private void passedOver(InboundBody body) {
        if (body.isUnreadable()) {
            end();
        } else {
            next();
        }
    }

    private void next() {
        leave();
        stopWaiting();
        phase = Phase.IDLE;
        if (hasRoom()) {
            resume();
        }
    }

    private void leave() {
        Exchange left = exchange;
        if (left != null) {
            exchange = null;
            left.release();
        }
    }

    void drained() {
        output.drained();
        Exchange before = leaving;
        if (before != null) {
            leaving = null;
            before.left();
        }
        if (exchange != null) {
            exchange.drained();
        } else if (phase == Phase.IDLE) {
            resume();
        }
    }

    // ---- ends

    /** Refuses a request that cannot be served, and closes, because the meaning of the following bytes is uncertain. */
    void refuse(int status, boolean headOnly, boolean tooManyFields) {
        LOG.debug("{} is refused with {}", connection, status);
        loop.counts().headRefused(status, tooManyFields);
        loop.exchanges().meter().refused(status);
        ErrorBody page = loop.routes().errorBody(status);
        OutgoingResponse own = loop.exchanges().own();
        own.beginOwn(status, page.type(), headOnly, false);
        byte[] body = page.text().getBytes(UTF_8);
        output.send(own, true, ByteBuffer.wrap(body));
        loop.routes().tellRefused(connection.remote(), status, headOnly ? 0 : body.length);
        end();
    }

    /** No request is served after the next response. */
    void endAfterThis() {
        last = true;
    }

    /** No request is served after the next response, which ends now if it has no end of its own. */
    void windUp() {
        last = true;
        windingUp = true;
        Exchange current = exchange;
        if (current != null) {
            current.windUp();
        }
    }

    /** Whether the server wants the connection to end. */
    boolean isWindingUp() {
        return windingUp;
    }

    /** The client sends no request after the one that was read. */
    void clientEndsAfterThis() {
        lastOfClient = true;
        last = true;
    }

    /** Closes the connection when everything is sent. */
    void end() {
        boolean clientIsDone =
                lastOfClient && exchange != null && exchange.body().isOver();
        phase = Phase.CLOSED;
        leave();
        output.close(!clientIsDone);
    }

    @Override
    public void abort(Throwable cause) {
        connection.abort();
        lost(cause);
    }

    void inputClosed() {
        Exchange current = exchange;
        if (upgraded && current != null) {
            current.body().end(0, FieldLines.NONE);
            readOn();
        } else if (phase == Phase.RESPONDING
                && current != null
                && !current.body().isOver()) {
            current.bodyFailed(400, new EOFException("The client has closed before the end of its body"));
        } else if (phase == Phase.RESPONDING) {
            windUp();
        } else {
            end();
        }
    }

    /** The connection has closed. A running exchange is lost. */
    void lost(@Nullable Throwable reason) {
        output.gone();
        phase = Phase.CLOSED;
        Exchange before = leaving;
        if (before != null) {
            leaving = null;
            if (output.unsent() == 0) {
                before.left();
            } else {
                lose(before, reason);
            }
        }
        Exchange failed = exchange;
        if (failed != null && failed != before) {
            lose(failed, reason);
        }
        exchange = null;
    }

    /** Most connections close without one: a cause with its stack would be a third of what a connection allocates. */
    private void lose(Exchange running, @Nullable Throwable reason) {
        running.lost(reason != null ? reason : new IOException("The connection was closed"), output.unsent());
    }
}
