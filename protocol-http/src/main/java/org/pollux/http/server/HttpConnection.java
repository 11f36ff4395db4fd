package org.pollux.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a connection: requests one after the other, each answered before the next is looked at.
 *
 * <pre>
 *               a whole head                       the answer is complete, and the body not
 *   READING ──────────────────────▶ ANSWERING ──────────────────────────────────────────────▶ PASSING_OVER
 *     │ ▲ ▲                          │      │                                                  │  │
 *     │ │ └──── both complete ───────┘      │                                                  │  │
 *     │ └───────────────────────── the rest of the body was read ──────────────────────────────┘  │
 *     │                                     │                                                     │
 *     └── end of input, idle ──▶ CLOSED ◀───┴── the last answer ◀── too much of the body is left ─┘
 * </pre>
 *
 * <p>Only READING looks at heads, and only while there is room for answers; the other two look at the body. What else a
 * client sends ahead stays unread, and reading is paused as soon as there is some: so look-ahead is bounded by one read,
 * waiting costs no system call, and the end of a client that goes away while it waits is seen.
 */
final class HttpConnection implements ConnectionHandler {

    private enum Phase {
        READING,
        ANSWERING,
        PASSING_OVER,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final Connection connection;
    private final HttpLoop loop;
    private final HeadParser parser;
    private final InboundDeadline deadline;
    private Phase phase = Phase.READING;

    /** What is being answered or passed over. */
    private @Nullable Exchange exchange;

    private int requests;

    /** Whether the connection closes after the next answer. */
    private boolean last;

    private boolean inputClosed;

    /** Whether what is unread waits for {@link #resume}. */
    private boolean paused;

    /** Whether more waits to be sent than the high-water mark. */
    private boolean full;

    HttpConnection(Connection connection, HttpLoop loop) {
        this.connection = connection;
        this.loop = loop;
        this.parser = new HeadParser(loop.settings().head());
        this.deadline = new InboundDeadline(connection, loop);
    }

    @Override
    public void onOpen(Connection opened) {
        ConnectionLimits limits = loop.settings().connection();
        opened.idleTimeout(limits.idleTimeout());
        opened.watermarks(limits.outbound() / 4, limits.outbound());
        if (!loop.addresses().opened(opened.remote())) {
            refuse(503);
        }
    }

    // ---- what comes

    @Override
    public void onData(Connection from, ByteBuffer in) {
        boolean more = true;
        while (more && in.hasRemaining()) {
            more = switch (phase) {
                case READING -> !full && parse(in);
                case ANSWERING, PASSING_OVER -> takeBody(in);
                case CLOSED -> false;
            };
        }
        boolean incomplete = phase == Phase.READING && !full;
        if (in.hasRemaining() && !incomplete && phase != Phase.CLOSED) {
            paused = true;
            connection.pauseReading();
        }
    }

    /** False when it takes more bytes to go on. */
    private boolean parse(ByteBuffer in) {
        switch (parser.parse(in)) {
            case DONE -> {
                deadline.stop();
                int fault = faultOfHead();
                if (fault != 0) {
                    refuse(fault);
                } else {
                    serve(in);
                }
            }
            case FAULT -> refuse(parser.fault());
            default -> {
                if (!parser.isIdle() && !deadline.awaitHead()) {
                    refuse(408);
                }
                return false;
            }
        }
        return true;
    }

    /** With which status a well-formed head is refused, because nobody could answer it; 0 when it is not. */
    private int faultOfHead() {
        Framing framing = parser.framing();
        if (framing.hasUnknownCoding()) {
            return 501;
        }
        if (framing.hasUnknownExpectation(parser.minorVersion())) {
            return 417;
        }
        return framing.contentLength() > loop.settings().body().most() ? 413 : 0;
    }

    private void serve(ByteBuffer in) {
        requests++;
        last |= !parser.framing().persists(parser.minorVersion())
                || requests >= loop.settings().connection().requests();
        Route route = loop.routes().find(parser, in);
        Exchange begun = route.answersLater() ? new Exchange() : loop.spare();
        begun.begin(this, connection, in, parser, route.pattern());
        in.position(in.position() + parser.length());
        parser.reset();
        exchange = begun;
        phase = Phase.ANSWERING;
        call(route.handler(), begun);
        InboundBody body = begun.body();
        body.tellOwed();
        if (body.isReading()) {
            body.take(in);
        }
        if (exchange == begun) {
            outlive(begun, route);
        }
    }

    private void call(HttpHandler handler, Exchange begun) {
        try {
            handler.handle(begun.request(), begun.answer());
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the answer
            handlerFailed(begun, fault);
        }
    }

    /** The exchange goes on after the call: what it needs of the read buffer is copied, and it is not lent again. */
    private void outlive(Exchange begun, Route route) {
        if (phase == Phase.ANSWERING) {
            begun.keep();
            if (begun.body().isOver()) {
                route.hasAnsweredLater();
            }
        }
        awaitBody(begun, 0);
        loop.giveAway(begun);
    }

    /** False when it takes more bytes, or something else, to go on. */
    private boolean takeBody(ByteBuffer in) {
        Exchange current = exchange;
        if (current == null || !current.body().isTaking()) {
            return false;
        }
        int before = in.remaining();
        current.body().take(in);
        if (exchange == current) {
            awaitBody(current, before - in.remaining());
        }
        return phase == Phase.READING;
    }

    private void awaitBody(Exchange current, int bytes) {
        if (!current.body().isTaking()) {
            deadline.stop();
        } else if (!deadline.awaitBody(bytes)) {
            bodyTimedOut(current);
        }
    }

    /** The handler wants more of the body than it did. */
    void continueBody(InboundBody body) {
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
    void sendContinue(Exchange from) {
        StreamedAnswer streamed = from.answer().streamed();
        if (from == exchange && (streamed == null || streamed.isHolding())) {
            loop.writer().writeContinue(connection);
        }
    }

    // ---- answers

    HttpLoop loop() {
        return loop;
    }

    boolean inLoop() {
        return connection.reactor().inLoop();
    }

    /** From any thread: brings something to the loop. */
    void execute(Runnable task) {
        try {
            connection.reactor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is gone with its loop, and what was to be done for it is not", connection, e);
        }
    }

    /** From any thread: at once on the loop, else in a task. */
    void onLoop(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** From any thread. */
    long pending() {
        return connection.pending();
    }

    /** From any thread. */
    int outboundLimit() {
        return loop.settings().connection().outbound();
    }

    void answer(Exchange from, byte[] body) {
        if (from != exchange || phase != Phase.ANSWERING) {
            return;
        }
        if (from.interception().isEmpty()) {
            boolean room = loop.writer().write(connection, from.answer(), isLast(from), body);
            complete(from, from.answer().isHeadOnly() ? 0 : body.length, room);
        } else {
            answer(from, ByteBuffer.wrap(body));
        }
    }

    void answer(Exchange from, ByteBuffer body) {
        if (from == exchange && phase == Phase.ANSWERING) {
            ByteBuffer shown;
            try {
                shown = intercepted(from, from.answer(), body);
            } catch (RuntimeException | Error fault) {
                from.answer().takeBack();
                handlerFailed(from, fault);
                return;
            }
            write(from, from.answer(), shown);
        }
    }

    /** Shows an answer to the interceptors, and lets them encode its body. */
    private static ByteBuffer intercepted(Exchange from, Answer answer, ByteBuffer body) {
        Interception interception = from.interception();
        interception.head(from.request(), answer, body.remaining());
        if (answer.isHeadOnly() || !Status.allowsBody(answer.status())) {
            return body;
        }
        return interception.encodes() ? interception.encodeWhole(body) : body;
    }

    private void write(Exchange from, Answer answer, ByteBuffer body) {
        int length = answer.isHeadOnly() ? 0 : body.remaining();
        boolean unknown = answer.isHeadOnly() && from.interception().encodes();
        boolean room = unknown
                ? loop.writer().writeHeadOnly(connection, answer, isLast(from))
                : loop.writer().write(connection, answer, isLast(from), body);
        complete(from, answer.status(), length, room);
    }

    private boolean isLast(Exchange from) {
        last |= from.body().isEndless(loop.settings().body().passedOver());
        return last;
    }

    /**
     * Begins an answer whose body comes in pieces.
     *
     * @param length of the body, -1 when it is not known
     */
    BodyFraming beginStream(Exchange from, long length) {
        Answer answer = from.answer();
        Interception interception = from.interception();
        interception.head(from.request(), answer, length);
        long known = interception.encodes() ? StreamedAnswer.UNKNOWN : length;
        boolean untilClose = known == StreamedAnswer.UNKNOWN && answer.isOld();
        last |= untilClose;
        full |= !loop.writer().writeHead(connection, answer, isLast(from), known);
        if (answer.isHeadOnly()) {
            return BodyFraming.NONE;
        }
        if (untilClose) {
            return BodyFraming.UNTIL_CLOSE;
        }
        return known == StreamedAnswer.UNKNOWN ? BodyFraming.CHUNKED : BodyFraming.LENGTH;
    }

    /** Writes a piece; false when there is no more room. */
    boolean writeBody(BodyFraming framing, ByteBuffer data) {
        boolean room = loop.writer().writeBody(connection, framing, data);
        filled(!room);
        return room;
    }

    void endStream(Exchange from, BodyFraming framing, Bytes trailers, long sent) {
        if (from == exchange) {
            boolean room = framing == BodyFraming.CHUNKED ? loop.writer().writeLastChunk(connection, trailers) : !full;
            complete(from, sent, room);
        }
    }

    /** Whether the connection has room for more decides about the next request, and whether the client is slow. */
    private void filled(boolean isFull) {
        full = isFull;
        if (isFull) {
            loop.slowReaders().watch(connection);
        }
    }

    private void complete(Exchange from, long sent, boolean room) {
        complete(from, from.answer().status(), sent, room);
    }

    private void complete(Exchange from, int status, long sent, boolean room) {
        filled(!room);
        from.complete(status, sent);
        if (last) {
            end();
        } else if (from.body().isOver()) {
            next();
        } else {
            from.body().passOver();
            if (from.body().isOver()) {
                next();
            } else {
                phase = Phase.PASSING_OVER;
                resume();
            }
        }
    }

    /** What was left of a body was read, or is too much to be read. */
    void passedOver(Exchange from, boolean whole) {
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
        deadline.stop();
        phase = Phase.READING;
        if (!full) {
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

    private void resume() {
        if (paused) {
            paused = false;
            connection.resumeReading();
        }
    }

    @Override
    public void onDrained(Connection from) {
        full = false;
        loop.slowReaders().forget(connection);
        StreamedAnswer streamed = exchange == null ? null : exchange.answer().streamed();
        if (streamed != null) {
            streamed.drained();
        } else if (phase == Phase.READING) {
            resume();
        }
    }

    // ---- faults

    /** Answers what cannot be served, and closes: what follows it has no certain meaning. */
    private void refuse(int status) {
        LOG.debug("{} is refused with {}", connection, status);
        last = true;
        phase = Phase.ANSWERING;
        answerInstead(status);
    }

    /** The handler, or somebody who intercepts its answer, has thrown. */
    void handlerFailed(Exchange from, Throwable fault) {
        if (from != exchange || phase != Phase.ANSWERING) {
            LOG.error(
                    "{}: its handler failed; it had answered already",
                    from.request().line(),
                    fault);
            return;
        }
        String line = from.request().line();
        if (from.answer().drop()) {
            LOG.error("{}: its handler failed; 500 is answered", line, fault);
            from.body().abandon();
            answerInstead(500);
        } else {
            LOG.error("{}: its handler failed in the middle of the answer, which is cut off", line, fault);
            abort(fault);
        }
    }

    /** The body cannot be read to its end: answered with that status, or cut when an answer has begun. */
    void bodyFailed(Exchange from, int status, IOException cause) {
        if (from != exchange) {
            return;
        }
        LOG.debug("{}: the body of a request failed, {}", connection, status, cause);
        from.body().fail(cause);
        if (from != exchange || phase != Phase.ANSWERING) {
            return; // the handler has answered in the callback that told him
        }
        if (from.answer().drop()) {
            refuse(status);
        } else {
            abort(cause);
        }
    }

    private void bodyTimedOut(Exchange from) {
        if (phase == Phase.PASSING_OVER) {
            end();
        } else {
            bodyFailed(from, 408, new SocketTimeoutException("The client sends its body too slowly"));
        }
    }

    /** The server answers: a request that nobody can, or in the place of a handler who has lost his answer. */
    private void answerInstead(int status) {
        Exchange failed = exchange;
        if (failed != null) {
            loop.giveAway(failed);
        }
        Exchange own = loop.spare();
        if (failed == null) {
            own.answer().begin(this, parser.method() == Method.HEAD, 1);
        } else {
            own.answer()
                    .begin(this, failed.answer().isHeadOnly(), failed.answer().isOld() ? 0 : 1);
        }
        own.answer().beginOwn(status);
        ByteBuffer body = ByteBuffer.wrap(OwnAnswers.body(status));
        if (failed == null) {
            boolean room = loop.writer().write(connection, own.answer(), last, body);
            filled(!room);
            end();
        } else {
            answerInstead(failed, own.answer(), body);
        }
    }

    private void answerInstead(Exchange failed, Answer own, ByteBuffer body) {
        failed.interception().dropEncoders();
        try {
            failed.interception().head(failed.request(), own, body.remaining());
        } catch (RuntimeException | Error fault) {
            LOG.error("An interceptor failed at an answer of the server's own", fault);
        }
        failed.interception().dropEncoders();
        write(failed, own, body);
    }

    /** The answer is given up in the middle. */
    void cut(Exchange from) {
        if (from == exchange && phase == Phase.ANSWERING) {
            abort(new IOException("The handler has given up its answer"));
        }
    }

    private void abort(Throwable cause) {
        connection.abort();
        lost(cause);
    }

    /** The exchange under way does not come to its end. */
    private void lost(Throwable cause) {
        Phase before = phase;
        phase = Phase.CLOSED;
        Exchange failed = exchange;
        if (failed != null) {
            failed.body().fail(cause);
            if (before == Phase.ANSWERING) {
                StreamedAnswer streamed = failed.answer().streamed();
                failed.lose(streamed == null ? 0 : streamed.sent(), cause);
            }
            loop.giveAway(failed);
            exchange = null;
        }
    }

    // ---- time and ends

    @Override
    public void onTimeout(Connection from) {
        boolean forgotten = phase == Phase.ANSWERING && inputClosed;
        Exchange current = exchange;
        if (deadline.isRunning() && current != null) {
            bodyTimedOut(current);
        } else if (deadline.isRunning()) {
            refuse(408);
        } else if (forgotten || connection.pending() > 0) {
            abort(new SocketTimeoutException("The client does not take its answer")); // or nobody gives it one
        } else if (phase == Phase.READING) {
            end();
        }
    }

    @Override
    public void onInputClosed(Connection from) {
        inputClosed = true;
        Exchange current = exchange;
        if (current != null && !current.body().isOver()) {
            endWithoutBody(current);
        } else if (phase == Phase.ANSWERING) {
            last = true;
        } else {
            end();
        }
    }

    private void endWithoutBody(Exchange current) {
        if (phase == Phase.PASSING_OVER) {
            end();
        } else {
            bodyFailed(current, 400, new EOFException("The client has closed before the end of its body"));
        }
    }

    @Override
    public void onShutdown(Connection from) {
        boolean waiting = phase == Phase.READING && (full ? !paused : parser.isIdle());
        if (waiting) {
            end();
        } else {
            last = true;
        }
    }

    private void end() {
        phase = Phase.CLOSED;
        leave();
        connection.close();
        if (connection.pending() > 0) {
            loop.slowReaders().watch(connection);
        }
    }

    @Override
    public void onClosed(Connection from, Optional<Throwable> cause) {
        loop.addresses().closed(from.remote());
        loop.slowReaders().forget(connection);
        lost(cause.orElseGet(() -> new IOException("The connection was closed")));
    }
}
