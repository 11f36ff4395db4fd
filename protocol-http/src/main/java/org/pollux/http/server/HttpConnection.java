package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a connection: requests one after the other, each answered before the next is looked at.
 *
 * <pre>
 *               a whole head
 *   READING ──────────────────────▶ ANSWERING
 *     │ ▲ ▲                          │  │  │
 *     │ │ └───────── answered ───────┘  │  └─ answered, with more than the high-water mark to be sent ─▶ BLOCKED
 *     │ └─────────────────────────────drained──────────────────────────────────────────────────────────────┘
 *     │                                 │
 *     └── end of input, idle ──▶ CLOSED ◀── the last answer
 * </pre>
 *
 * <p>Only READING looks at bytes. In ANSWERING and BLOCKED what a client sends ahead stays unread, and reading is paused
 * as soon as there is some: so look-ahead is bounded by one read, waiting costs no system call, and the end of a client
 * that goes away while it waits is seen.
 */
final class HttpConnection implements ConnectionHandler {

    enum Phase {
        READING,
        ANSWERING,
        BLOCKED,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final Connection connection;
    private final HttpLoop loop;
    private final HeadParser parser;
    private Phase phase = Phase.READING;

    /** Whether the connection closes after the next answer. */
    private boolean last;

    private boolean inputClosed;

    /** Whether what is unread waits for {@link #resume}; never in READING. */
    private boolean paused;

    /** Whether a head has come in part, and until when the rest must follow. */
    private boolean timed;

    private long deadline;

    HttpConnection(Connection connection, HttpLoop loop) {
        this.connection = connection;
        this.loop = loop;
        this.parser = new HeadParser(loop.settings());
    }

    @Override
    public void onOpen(Connection opened) {
        opened.idleTimeout(loop.settings().idleTimeout());
    }

    // ---- requests

    @Override
    public void onData(Connection from, ByteBuffer in) {
        boolean more = true;
        while (more && phase == Phase.READING && in.hasRemaining()) {
            more = parse(in);
        }
        if (in.hasRemaining() && (phase == Phase.ANSWERING || phase == Phase.BLOCKED)) {
            paused = true;
            connection.pauseReading();
        }
    }

    /** False when it takes more bytes to go on. */
    private boolean parse(ByteBuffer in) {
        switch (parser.parse(in)) {
            case DONE -> serve(in);
            case FAULT -> refuse(parser.fault());
            default -> {
                limitHead();
                return false;
            }
        }
        return true;
    }

    private void serve(ByteBuffer in) {
        unlimitHead();
        Framing framing = parser.framing();
        if (framing.hasTransferEncoding() || framing.contentLength() > 0) {
            refuse(framing.hasTransferEncoding() ? 501 : 413); // bodies are not read, nor mistaken for a request
            return;
        }
        last |= !framing.persists(parser.minorVersion());
        Route route = loop.routes().find(parser, in);
        Answer answer = route.answersLater() ? new Answer() : loop.spare();
        answer.request().begin(connection, in, parser);
        answer.begin(this, parser.method() == Method.HEAD, parser.minorVersion() == 0);
        in.position(in.position() + parser.length());
        parser.reset();
        phase = Phase.ANSWERING;
        call(route.handler(), answer);
        if (phase == Phase.ANSWERING) {
            answer.request().keep();
            route.hasAnsweredLater();
            loop.giveAway(answer);
        }
    }

    private static void call(HttpHandler handler, Answer answer) {
        try {
            handler.handle(answer.request(), answer);
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the answer
            String outcome = answer.sendInstead(500) ? "500 is answered" : "it had answered already";
            String name = handler.getClass().getName();
            LOG.error("{}: the handler {} failed; {}", answer.request().line(), name, outcome, fault);
        }
    }

    /** Answers what cannot be served, and closes: what follows it has no certain meaning. */
    private void refuse(int status) {
        LOG.debug("{} is refused with {}", connection, status);
        last = true;
        phase = Phase.ANSWERING;
        Answer answer = loop.spare();
        answer.begin(this, parser.method() == Method.HEAD, false);
        answer.sendInstead(status);
    }

    // ---- answers

    boolean inLoop() {
        return connection.reactor().inLoop();
    }

    /** From any thread: brings an answer to the loop. */
    void post(Answer answer) {
        try {
            connection.reactor().execute(answer);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is gone with its loop, and its answer is dropped", connection, e);
        }
    }

    void answer(Answer answer, byte[] body) {
        if (phase == Phase.ANSWERING) {
            written(loop.writer().write(connection, answer, last, body));
        }
        answer.done();
    }

    void answer(Answer answer, ByteBuffer body) {
        if (phase == Phase.ANSWERING) {
            written(loop.writer().write(connection, answer, last, body));
        }
        answer.done();
    }

    private void written(boolean room) {
        if (last) {
            end();
        } else if (room) {
            phase = Phase.READING;
            resume();
        } else {
            phase = Phase.BLOCKED;
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            connection.resumeReading();
        }
    }

    private void end() {
        phase = Phase.CLOSED;
        connection.close();
    }

    @Override
    public void onDrained(Connection from) {
        if (phase == Phase.BLOCKED) {
            phase = Phase.READING;
            resume();
        }
    }

    // ---- time

    /**
     * Gives the rest of a head the time that is left since its first byte. Every byte starts the idle time anew, so it is
     * set to what is left then: a client that sends a byte now and again gains nothing.
     */
    private void limitHead() {
        if (parser.isIdle()) {
            return;
        }
        long now = loop.nanos();
        if (!timed) {
            timed = true;
            deadline = now + loop.settings().headTimeout().toNanos();
        }
        if (deadline - now > 0) {
            connection.idleTimeout(Duration.ofNanos(deadline - now));
        } else {
            refuse(408);
        }
    }

    private void unlimitHead() {
        if (timed) {
            timed = false;
            connection.idleTimeout(loop.settings().idleTimeout());
        }
    }

    @Override
    public void onTimeout(Connection from) {
        boolean forgotten = phase == Phase.ANSWERING && inputClosed;
        if (phase == Phase.READING && timed) {
            refuse(408);
        } else if (forgotten || connection.pending() > 0) {
            connection.abort(); // a handler that does not answer somebody who has left, or a client that does not read
        } else if (phase != Phase.ANSWERING) {
            end();
        }
    }

    // ---- ends

    @Override
    public void onInputClosed(Connection from) {
        inputClosed = true;
        if (phase == Phase.ANSWERING) {
            last = true;
        } else {
            end();
        }
    }

    @Override
    public void onShutdown(Connection from) {
        boolean waiting = phase == Phase.READING ? parser.isIdle() : phase == Phase.BLOCKED && !paused;
        if (waiting) {
            end();
        } else {
            last = true;
        }
    }

    @Override
    public void onClosed(Connection from, Optional<Throwable> cause) {
        phase = Phase.CLOSED;
    }
}
