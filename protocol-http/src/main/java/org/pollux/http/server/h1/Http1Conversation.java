package org.pollux.http.server.h1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpException;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.exchange.InboundBody;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.exchange.ResponseOver;
import org.pollux.http.server.exchange.SlowHandlers;
import org.pollux.http.server.exchange.StreamedResponse;
import org.pollux.http.server.limits.LimitKind;
import org.pollux.http.server.routing.Route;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Reactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange that is under way on a connection, if one is: the body of its request comes in, its answer goes out.
 *
 * <pre>
 *            serve                       the answer is complete, and the body not
 *   IDLE ───────────────▶ ANSWERING ────────────────────────────────────────────▶ PASSING_OVER
 *    │ ▲ ▲                 │     │                                                 │  │
 *    │ │ └─ both complete ─┘     │                                                 │  │
 *    │ └──────────────────────── the rest of the body was read ────────────────────┘  │
 *    │                           │                                                    │
 *    └── end ──▶ CLOSED ◀────────┴── the last answer ◀── too much of the body is left ┘
 * </pre>
 *
 * <p>For the loop's thread, except for what says otherwise. It is one file because it is one state machine: each of its
 * methods reads or changes the phase. Bytes are moved elsewhere ({@link InboundBody}, {@link ResponseOutput}).
 */
public final class Http1Conversation {

    private enum Phase {
        IDLE,
        ANSWERING,
        PASSING_OVER,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Http1Conversation.class);

    private final Connection connection;
    private final Http1Loop loop;
    private final ResponseOutput output;

    /** Until when more of the head or the body must be there; null before one came in part. */
    private @Nullable InboundDeadline deadline;

    private Phase phase = Phase.IDLE;
    private @Nullable Exchange exchange;

    /** Whether the connection closes after the next answer. */
    private boolean last;

    /** Whether the client has said that the present request is its last one (RFC 9112, section 9.6). */
    private boolean lastOfClient;

    /** Whether what is unread waits for {@link #resume}. */
    private boolean paused;

    /** Whether its handlers are looked after, and from when on one has not responded: see {@link SlowHandlers}. */
    private boolean watched;

    private long waitingSince;

    Http1Conversation(Connection connection, Http1Loop loop) {
        this.connection = connection;
        this.loop = loop;
        this.output = new ResponseOutput(connection, loop);
    }

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    boolean isAnswering() {
        return phase == Phase.ANSWERING;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Whether so little waits to be sent that another request may be answered. */
    boolean hasRoom() {
        return !output.isFull();
    }

    public Reactor reactor() {
        return connection.reactor();
    }

    public Http1Loop loop() {
        return loop;
    }

    public ResponseOutput output() {
        return output;
    }

    // ---- what the client sends ahead, and what it owes

    boolean isPaused() {
        return paused;
    }

    /** What is unread waits until it can be looked at. */
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

    /** The request that waited may be served now, or waits on. */
    public void lookAgain() {
        if (phase == Phase.IDLE) {
            resume();
        }
    }

    boolean isAwaiting() {
        return deadline != null && deadline.isRunning();
    }

    /** A head has come in part; false when its time is over. */
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

    /**
     * From any thread: so many bytes more, or fewer, are kept for this connection.
     *
     * @return false when what can be refused should be
     */
    public boolean charge(long bytes) {
        return connection.charge(bytes);
    }

    // ---- threads

    public boolean inLoop() {
        return connection.reactor().inLoop();
    }

    /** From any thread: brings something to the loop. */
    public void execute(Runnable task) {
        try {
            connection.reactor().execute(() -> {
                loop.enter();
                task.run();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is gone with its loop, and what was to be done for it is not", connection, e);
        }
    }

    /** From any thread: at once on the loop, else in a task. */
    public void onLoop(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    // ---- the request

    /** Serves the request whose head is at the buffer's position, and takes of the buffer what belongs to it. */
    void serve(Route route, ByteBuffer in, HeadParser parser) {
        Exchange begun = loop.spare();
        begun.begin(this, connection, in, parser, route);
        in.position(in.position() + parser.length());
        exchange = begun;
        phase = Phase.ANSWERING;
        call(route.handler(), begun);
        InboundBody body = begun.body();
        body.tellOwed();
        if (body.isTaking()) {
            body.take(in);
        }
        if (exchange == begun) {
            outlive(begun);
        }
    }

    private void call(HttpHandler handler, Exchange begun) {
        try {
            handler.handle(begun.request(), begun.response());
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the answer
            requireLoop();
            handlerFailed(begun, fault);
        }
        requireLoop();
    }

    /** A handler that did not return for long may have lost the loop, which has another thread then: this one does nothing. */
    private void requireLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("The handler did not return, and its loop has another thread now");
        }
    }

    /** What is under way, for people; on any thread, of something that may change meanwhile. */
    String work() {
        Exchange current = exchange;
        return current == null ? "no request" : current.head().line();
    }

    /** The exchange goes on after the call: what it needs of the read buffer is copied, and it is not lent again. */
    private void outlive(Exchange begun) {
        if (phase == Phase.ANSWERING) {
            begun.keep();
            awaitResponse();
        }
        awaitBody(begun, 0);
        loop.giveAway(begun);
    }

    /** Takes what comes of the body. False when it takes more bytes, or something else, to go on. */
    boolean takeBody(ByteBuffer in) {
        Exchange current = exchange;
        if (current == null || !current.body().isTaking()) {
            return false;
        }
        int before = in.remaining();
        current.body().take(in);
        if (exchange == current) {
            waitingSince = watched && before > in.remaining() ? loop.nanos() : waitingSince;
            awaitBody(current, before - in.remaining());
        }
        return phase == Phase.IDLE;
    }

    // ---- a handler that does not respond

    /** The call has returned, and nothing was sent yet, as a rule. */
    private void awaitResponse() {
        if (loop.slowHandlers().isOff()) {
            return;
        }
        waitingSince = loop.nanos();
        if (!watched) {
            watched = true;
            loop.slowHandlers().watch(this);
        }
    }

    /**
     * Ends an exchange whose handler does not respond in time. While it waits for more of the body, that is the client's.
     *
     * @return whether to look again
     */
    public boolean lookForResponse(long now, Duration timeout) {
        Exchange current = exchange;
        watched =
                phase == Phase.ANSWERING && current != null && current.answer().isUnsent();
        if (watched && current != null) {
            if (current.body().isReading()) {
                waitingSince = now;
            } else if (now - waitingSince >= timeout.toNanos()) {
                watched = false;
                responseTimedOut(current, timeout);
                return false;
            }
        }
        return watched;
    }

    private void responseTimedOut(Exchange from, Duration timeout) {
        Throwable cause = new TimeoutException("The handler has not begun its response for " + timeout.toSeconds()
                + " s, which is the responseTimeout of pollux.http");
        LOG.warn("{}: {}; 503 is sent", from.head().line(), cause.getMessage());
        loop.counts().met(LimitKind.RESPONSE_TIME);
        BodyHandler told = from.body().abandon(cause);
        if (from.answer().takeUnsent()) {
            answerInstead(from, 503);
        } else {
            abort(cause);
        }
        InboundBody.tellFailed(told, cause);
    }

    private void awaitBody(Exchange current, int bytes) {
        if (!current.body().isTaking()) {
            stopWaiting();
        } else if (!deadline().awaitBody(bytes)) {
            bodyTimedOut();
        }
    }

    /** The handler wants more of the body than it did. */
    public void continueBody(InboundBody body) {
        Exchange current = exchange;
        if (current == null || current.body() != body || !body.isReading()) {
            return;
        }
        body.take();
        if (exchange == current) {
            awaitBody(current, 0);
            if (body.isTaking()) {
                resume();
            }
        }
    }

    /** Asks the client for the body that it waits with, unless it sees an answer already. */
    public void sendContinue(Exchange from) {
        if (from == exchange && from.answer().isUnsent()) {
            output.sendContinue();
        }
    }

    // ---- the answer

    public void answer(Exchange from, byte[] body) {
        if (!isAnswering(from)) {
            return;
        }
        if (from.interception().isEmpty()) {
            output.send(from.answer(), isLast(from), body);
            complete(from, from.answer().status(), from.answer().isBodyless() ? 0 : body.length);
        } else {
            answer(from, ByteBuffer.wrap(body));
        }
    }

    public void answer(Exchange from, ByteBuffer body) {
        if (!isAnswering(from)) {
            return;
        }
        ByteBuffer shown;
        try {
            shown = from.interception().whole(from.request(), from.answer(), body);
        } catch (RuntimeException | Error fault) {
            from.request().takeBack();
            handlerFailed(from, fault);
            return;
        }
        send(from, from.answer(), shown);
    }

    private boolean isAnswering(Exchange from) {
        return from == exchange && phase == Phase.ANSWERING;
    }

    private void send(Exchange from, OutgoingResponse answer, ByteBuffer body) {
        int length = answer.isBodyless() ? 0 : body.remaining();
        if (answer.isHeadOnly() && !answer.isEmpty() && from.interception().encodes()) {
            output.sendHeadOnly(answer, isLast(from));
        } else {
            output.send(answer, isLast(from), body);
        }
        complete(from, answer.status(), length);
    }

    private boolean isLast(Exchange from) {
        last |= from.body().isEndless(loop.settings().body().passedOver())
                || from.answer().isTunnel();
        return last;
    }

    /**
     * Begins an answer whose body comes in pieces.
     *
     * @param length of the body, -1 when it is not known
     */
    public BodyFraming begin(Exchange from, long length) {
        OutgoingResponse answer = from.answer();
        from.interception().head(from.request(), answer, length);
        long told = from.interception().encodes() ? StreamedResponse.UNKNOWN : length;
        told = answer.isEmpty() ? 0 : told;
        BodyFraming framing = BodyFraming.of(answer, told);
        last |= framing == BodyFraming.UNTIL_CLOSE;
        output.begin(answer, isLast(from), told);
        return framing;
    }

    public void finish(Exchange from, BodyFraming framing, Bytes trailers, long sent) {
        if (isAnswering(from)) {
            output.finish(framing, trailers);
            complete(from, from.answer().status(), sent);
        }
    }

    private void complete(Exchange from, int status, long sent) {
        if (!from.complete(status, sent)) {
            loop.giveAway(from);
        }
        if (!from.body().isOver()) {
            from.body().passOver();
        }
        if (last) {
            end();
        } else if (from.body().isOver()) {
            next();
        } else {
            phase = Phase.PASSING_OVER;
            resume();
        }
    }

    /** What was left of a body was read, or is too much to be read. */
    public void passedOver(Exchange from, boolean whole) {
        if (from != exchange) {
            return;
        }
        if (whole) {
            next();
        } else {
            end();
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

    /** Nothing of the exchange is left here: a handler that is gone is not held by connections that wait. */
    private void leave() {
        Exchange left = exchange;
        if (left != null) {
            exchange = null;
            left.body().end();
        }
    }

    void drained() {
        output.drained();
        StreamedResponse streamed = exchange == null ? null : exchange.answer().streamed();
        if (streamed != null) {
            streamed.drained();
        } else if (phase == Phase.IDLE) {
            resume();
        }
    }

    // ---- faults

    /** Answers what cannot be served, and closes: what follows it has no certain meaning. */
    void refuse(int status, boolean headOnly, boolean tooManyFields) {
        LOG.debug("{} is refused with {}", connection, status);
        loop.counts().headRefused(status, tooManyFields);
        ErrorBody page = loop.routes().errorBody(status);
        OutgoingResponse own = loop.spare().answer();
        own.beginOwn(this, status, page.type(), headOnly, false);
        byte[] body = page.text().getBytes(UTF_8);
        output.send(own, true, ByteBuffer.wrap(body));
        loop.routes().tellRefused(connection.remote(), status, headOnly ? 0 : body.length);
        end();
    }

    /** The handler, or somebody who intercepts its answer, has thrown. */
    public void handlerFailed(Exchange from, Throwable fault) {
        String line = from.head().line();
        if (!isAnswering(from) && ResponseOver.isCauseOf(fault)) {
            LOG.debug("{}: its handler was told that its response was over", line, fault);
        } else if (!isAnswering(from)) {
            LOG.error("{}: its handler failed; it had answered already", line, fault);
        } else if (from.answer().drop()) {
            int status = statusOf(line, fault);
            BodyHandler told = from.body().abandon(new IOException("The handler has failed"));
            answerInstead(from, status);
            InboundBody.tellFailed(told, fault);
        } else {
            LOG.error("{}: its handler failed in the middle of the answer, which is cut off", line, fault);
            abort(fault);
        }
    }

    private static int statusOf(String line, Throwable fault) {
        if (fault instanceof HttpException error) {
            LOG.debug("{}: its handler responds with {}", line, error.status(), fault);
            return error.status();
        }
        LOG.error("{}: its handler failed; 500 is sent", line, fault);
        return 500;
    }

    /** The body cannot be read to its end: answered with that status, or cut when an answer has begun. */
    public void bodyFailed(Exchange from, int status, IOException cause) {
        if (!isAnswering(from)) {
            return;
        }
        LOG.debug("{}: the body of a request failed, {}", connection, status, cause);
        loop.counts().bodyRefused(status, from.body().hasTooManyFields());
        BodyHandler told = from.body().fail(cause);
        last = true;
        if (from.answer().drop()) {
            answerInstead(from, status);
        } else {
            abort(cause);
        }
        InboundBody.tellFailed(told, cause);
    }

    void bodyTimedOut() {
        Exchange current = exchange;
        if (phase == Phase.ANSWERING && current != null) {
            bodyFailed(current, 408, new SocketTimeoutException("The client sends its body too slowly"));
        } else {
            loop.counts().bodyRefused(408, false);
            end();
        }
    }

    /** The server answers in the place of a handler who has lost his answer. */
    private void answerInstead(Exchange failed, int status) {
        loop.giveAway(failed);
        ErrorBody page = failed.pages().body(status, failed.request());
        OutgoingResponse own = loop.spare().answer();
        own.beginOwn(
                this,
                status,
                page.type(),
                failed.answer().isHeadOnly(),
                failed.answer().isOld());
        ByteBuffer body = ByteBuffer.wrap(page.text().getBytes(UTF_8));
        failed.interception().ownHead(failed.request(), own, body.remaining());
        send(failed, own, body);
    }

    /** The response is given up in the middle. */
    public void cut(Exchange from, Throwable cause) {
        if (isAnswering(from)) {
            abort(cause);
        }
    }

    // ---- ends

    /** No request is served after the next answer. */
    void endAfterThis() {
        last = true;
    }

    /** The client sends no other request after the one that was read. */
    void clientEndsAfterThis() {
        lastOfClient = true;
        last = true;
    }

    /** Closes the connection when all is sent. */
    void end() {
        boolean clientIsDone =
                lastOfClient && exchange != null && exchange.body().isOver();
        phase = Phase.CLOSED;
        leave();
        output.close(!clientIsDone);
    }

    void abort(Throwable cause) {
        connection.abort();
        lost(cause);
    }

    void inputClosed() {
        Exchange current = exchange;
        if (phase == Phase.ANSWERING && current != null && !current.body().isOver()) {
            bodyFailed(current, 400, new EOFException("The client has closed before the end of its body"));
        } else if (phase == Phase.ANSWERING) {
            last = true;
        } else {
            end();
        }
    }

    /** The connection is gone, and an exchange under way does not come to its end. */
    void lost(@Nullable Throwable reason) {
        output.gone();
        Phase before = phase;
        phase = Phase.CLOSED;
        Exchange failed = exchange;
        if (failed == null) {
            return;
        }
        exchange = null;
        Throwable cause = reason != null ? reason : new IOException("The connection was closed");
        BodyHandler told = failed.body().fail(cause);
        if (before == Phase.ANSWERING) {
            StreamedResponse streamed = failed.answer().streamed();
            long begun = streamed == null ? 0 : streamed.sent();
            failed.lose(Math.max(0, begun - output.unsent()), cause); // what waited here has not reached the client
        }
        loop.giveAway(failed);
        InboundBody.tellFailed(told, cause);
    }
}
