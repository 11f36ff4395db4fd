package org.pollux.http.server.h2;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.limits.LimitKind;
import org.pollux.http.server.routing.CoveredHosts;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.wire.frames.Allowance;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.InputWindow;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.WorkReport;
import org.pollux.reactor.tls.TlsInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a connection (RFC 9113, sections 3 and 6.8): its beginning, the bytes that come, its deadlines and its
 * end. {@link InboundFrames} knows what a frame means.
 *
 * <pre>
 *   PREFACE ──▶ OPEN ──the server or the client ends it, or it has served enough──▶ LEAVING ──no stream is left──▶ CLOSED
 *      │         │                                                                    │                            ▲
 *      └─────────┴──────────────── a fault of the client, idle for too long ──────────┴────────────────────────────┘
 * </pre>
 *
 * <p>In LEAVING new requests are served for a moment, because they may be on their way; then they are ignored, and the
 * client knows by GOAWAY that it can send them again. The class is long because this is one state machine: the frames of the
 * client, the streams, the settings and the end of the connection all change the same state.
 */
public final class Http2Connection implements ConnectionHandler, WorkReport {

    private enum Phase {
        PREFACE,
        OPEN,
        LEAVING,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    /** What a client sends first (RFC 9113, section 3.4). */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The time for which requests are still served when the server ends, because some may be on their way. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Connection connection;
    private final Http2Loop loop;
    private final Allowance resets;
    private final FrameOutput output;
    private final Scheduler scheduler;
    private final InboundFrames frames;
    private final Streams streams = new Streams();
    private final InputWindow window = new InputWindow();
    private final @Nullable CoveredHosts hosts;

    /** Exchanges whose responses were handed over, and wait until the client reads. */
    private final List<Exchange> leaving = new ArrayList<>();

    private Phase phase = Phase.PREFACE;
    private boolean started;

    /** A stream that is over and that nobody keeps, for the next request. */
    private @Nullable Http2Stream spare;

    /** The request that was served last, for reports. */
    private @Nullable Http2Stream latest;

    /** How many streams are over although calls of their handlers still run. */
    private int lingering;

    /** When the last stream ended, or the connection began. */
    private long idleSince;

    private int requests;
    private boolean paused;
    private boolean inputClosed;

    /** Whether the client knows the last stream that is served. */
    private boolean last;

    /** The end of the {@link #GRACE}; null before a shutdown. */
    private @Nullable Handle grace;

    /** Whether something has arrived in part that must be complete at a deadline. */
    private boolean awaited;

    private long deadline;

    /** The stream of a DATA frame that has arrived in part, and the octets of it. */
    private int partStream;

    private int part;

    public Http2Connection(Connection connection, Http2Loop loop) {
        this.connection = connection;
        this.loop = loop;
        this.hosts = CoveredHosts.of(connection.tls().orElse(null));
        long now = loop.nanos();
        Allowance overhead =
                new Allowance(loop.limits().overhead(), loop.limits().overheadRate(), now);
        this.resets = new Allowance(loop.limits().resets(), loop.limits().resetRate(), now);
        this.frames = new InboundFrames(this, loop, streams, overhead);
        this.output = new FrameOutput(connection, loop, frames.peer(), overhead);
        this.scheduler = new Scheduler(output, () -> execute(this::runScheduler));
    }

    @Override
    public void onOpen(Connection opened) {
        loop.enter();
        start();
    }

    /** Also called with the first bytes, when this has replaced the handler that has seen them. */
    private void start() {
        if (started) {
            return;
        }
        started = true;
        idleSince = loop.nanos();
        ConnectionLimits limits = loop.settings().connection();
        connection.idleTimeout(limits.idleTimeout());
        connection.watermarks(limits.outbound() / 4, limits.outbound());
        window.begin(Math.max(loop.limits().connectionWindow(), frames.peer().window()));
        output.settings();
    }

    @Override
    public String work() {
        Http2Stream served = latest;
        return served == null || streams.count() == 0 ? "no request" : served.line();
    }

    // ---- incoming bytes

    @Override
    public void onData(Connection from, ByteBuffer in) {
        loop.enterCallback();
        start();
        if (phase != Phase.PREFACE || preface(in)) {
            take(in);
        }
        if (partStream != 0) {
            checkIdle();
        }
        if (phase == Phase.CLOSED) {
            in.position(in.limit());
            return;
        }
        scheduler.run();
        await(in);
    }

    /** Takes the preface. False when more of it must come, or it is another one. */
    private boolean preface(ByteBuffer in) {
        int length = Math.min(PREFACE.length, in.remaining());
        for (int i = 0; i < length; i++) {
            if (in.get(in.position() + i) != PREFACE[i]) {
                fail(ErrorCode.PROTOCOL_ERROR);
                return false;
            }
        }
        if (length < PREFACE.length) {
            return false;
        }
        in.position(in.position() + length);
        phase = Phase.OPEN;
        return true;
    }

    private void take(ByteBuffer in) {
        FrameReader frame = loop.frames();
        while (phase != Phase.CLOSED && !isOverfull()) {
            switch (frame.next(in)) {
                case FRAME -> {
                    int limit = in.limit();
                    int end = frame.frameEnd();
                    frames.take(frame, in.position(frame.payloadStart()).limit(frame.payloadEnd()));
                    in.limit(limit).position(end);
                }
                case FAULT -> fail(frame.fault());
                case MORE -> {
                    partStream = frame.isPartOfData(in) ? frame.stream() : 0;
                    part = in.remaining();
                    return;
                }
            }
        }
        partStream = 0;
    }

    /**
     * Whether a client that does not read has made this write so much that nothing more is read from it. Bodies stop at the
     * high-water mark, so these are heads and control frames.
     */
    private boolean isOverfull() {
        boolean overfull = output.isFull()
                && connection.pending() > 2L * loop.settings().connection().outbound();
        if (overfull && !paused) {
            paused = true;
            connection.pauseReading();
        }
        return overfull;
    }

    /** Octets of a DATA frame of the stream that has arrived in part. */
    int partOf(int stream) {
        return stream == partStream ? part : 0;
    }

    /** A head, or a small frame, that has begun must be complete in time, however the client sends it. */
    private void await(ByteBuffer in) {
        boolean incomplete =
                frames.isInHead() || phase == Phase.PREFACE || (in.hasRemaining() && partStream == 0 && !paused);
        if (incomplete) {
            if (!awaited) {
                awaited = true;
                deadline = loop.nanos() + loop.settings().head().timeout().toNanos();
            }
            long left = deadline - loop.nanos();
            if (left <= 0) {
                headTooSlow();
            } else {
                connection.idleTimeout(Duration.ofNanos(left));
            }
        } else if (awaited) {
            awaited = false;
            connection.idleTimeout(loop.settings().connection().idleTimeout());
        }
    }

    private void headTooSlow() {
        loop.counts().met(LimitKind.HEAD_TIME);
        tellRefused(408);
        fail(ErrorCode.ENHANCE_YOUR_CALM);
    }

    @Override
    public void onDrained(Connection from) {
        loop.enterCallback();
        output.drained();
        List<Exchange> left = List.copyOf(leaving);
        leaving.clear();
        left.forEach(Exchange::left);
        // before the scheduler fills the connection again, or some would never continue
        streams.all().forEach(Http2Stream::drained);
        scheduler.run();
        if (paused) {
            paused = false;
            connection.resumeReading();
        }
    }

    private void runScheduler() {
        loop.enterCallback();
        scheduler.resume();
    }

    // ---- requests

    /** Serves the request of a new stream. */
    void serve(int id, RequestHeadReader head, boolean endsStream) {
        Http2Stream stream = spare == null ? new Http2Stream(this, loop, output, scheduler) : spare;
        spare = null;
        stream.begin(id, head, endsStream, frames);
        streams.add(stream);
        latest = stream;
        requests++;
        if (requests >= loop.settings().connection().requests()) {
            loop.counts().met(LimitKind.REQUESTS);
            leave();
        } else if (id == Integer.MAX_VALUE) {
            leave(); // the client has no number left
        }
        Exchange lent = loop.exchanges().spare();
        if (head.fault() == 0 || head.fault() == 417) {
            stream.serve(head);
        } else {
            stream.refuse(head.fault(), head.isHead(), head.hasTooManyFields());
        }
        boolean kept = lent != loop.exchanges().spare(); // by its handler, or by another thread
        if (stream.isOver() && !kept) {
            spare = stream;
        }
    }

    /** Whether as many requests are under way as may be. */
    boolean isBusy() {
        return streams.count() + lingering >= loop.limits().streams();
    }

    /** Whether a new request is ignored, because the client knows by GOAWAY that it is not served. */
    boolean isLast() {
        return last;
    }

    /** A stream is over. */
    void ended(Http2Stream stream) {
        streams.remove(stream);
        if (stream.isCalled()) {
            stream.lingers = true;
            lingering++;
        }
        if (streams.count() == 0) {
            idleSince = loop.nanos();
            finishIfEmpty();
        }
    }

    /** From the loop: the calls of a stream's handler have returned. */
    void callsEnded(Http2Stream stream) {
        if (stream.lingers && !stream.isCalled()) {
            stream.lingers = false;
            lingering--;
        }
    }

    /** The response of an exchange was handed over, and waits until the client reads. */
    void tellWhenDrained(Exchange exchange) {
        leaving.add(exchange);
    }

    /** The client may send as many octets more. */
    void consumed(int octets) {
        int told = window.consumed(octets);
        if (told > 0 && phase != Phase.CLOSED) {
            output.windowUpdate(0, told);
        }
    }

    /** A frame has come with octets that count. False when the client has sent more than it may. */
    boolean arrived(int octets) {
        return window.take(octets);
    }

    // ---- the ends of streams

    /** Ends a stream, because the server wants it so. */
    void reset(Http2Stream stream, ErrorCode error) {
        output.reset(stream.id(), error);
        if (!stream.hasInputEnded()) {
            streams.wasReset(stream.id());
        }
        ended(stream);
    }

    /** Ends a stream because of a fault of the client. */
    void fault(Http2Stream stream, ErrorCode error) {
        if (countReset()) {
            output.reset(stream.id(), error);
            streams.wasReset(stream.id());
            cut(stream, new IOException("The client has broken a rule of HTTP/2: " + error));
        }
    }

    /** The client has ended a stream. */
    void cancelled(Http2Stream stream, ErrorCode error) {
        if (countReset()) {
            cut(stream, new IOException("The client has given the request up: " + error));
        }
    }

    /** Refuses the request of a stream that does not begin. */
    void refuse(int id, boolean endsStream, ErrorCode error) {
        output.reset(id, error);
        if (!endsStream) {
            streams.wasReset(id);
        }
    }

    /** Counts a reset by the client, or one that it has caused. False when there were too many, and the connection ends. */
    boolean countReset() {
        if (resets.take(loop.nanos())) {
            return true;
        }
        loop.counts().met(LimitKind.RESETS);
        fail(ErrorCode.ENHANCE_YOUR_CALM);
        return false;
    }

    /** Something was refused that has not become a request. No body tells the client why, but HTTP/1.1 would use that status. */
    void tellRefused(int status) {
        loop.exchanges().meter().refused(status);
        loop.routes().tellRefused(connection.remote(), status, 0);
    }

    private void cut(Http2Stream stream, Throwable cause) {
        ended(stream);
        stream.cut(cause, 0);
    }

    /** The client takes the response of a stream too slowly. */
    void tooSlow(Http2Stream stream) {
        loop.enterCallback();
        loop.counts().met(LimitKind.RESPONSE_RATE);
        if (countReset()) {
            output.reset(stream.id(), ErrorCode.CANCEL);
            streams.wasReset(stream.id());
            cut(stream, new SocketTimeoutException("The client does not take its response"));
        }
    }

    // ---- time and ends

    @Override
    public void onTimeout(Connection from) {
        loop.enterCallback();
        List<Http2Stream> all = streams.all();
        if (awaited) {
            headTooSlow();
        } else if (connection.pending() > 0) {
            loop.counts().met(LimitKind.RESPONSE_IDLE);
            abort(new SocketTimeoutException("The client does not take its response"));
        } else if (all.isEmpty()) {
            idleTooLong();
        } else if (inputClosed) { // and a handler never responds
            abort(new SocketTimeoutException("The client sends nothing more"));
        } else {
            all.forEach(Http2Stream::expire);
        }
    }

    /** A frame has come that is not a request: it does not keep a connection open that has none. */
    void checkIdle() {
        long quiet = loop.nanos() - idleSince;
        if (streams.count() == 0
                && quiet >= loop.settings().connection().idleTimeout().toNanos()) {
            idleTooLong();
        }
    }

    private void idleTooLong() {
        loop.counts().met(LimitKind.IDLE);
        finish();
    }

    @Override
    public void onInputClosed(Connection from) {
        loop.enterCallback();
        inputClosed = true;
        streams.all().forEach(Http2Stream::inputClosed);
        clientLeaves();
    }

    /** The client sends no further request. */
    void clientLeaves() {
        if (phase == Phase.OPEN) {
            phase = Phase.LEAVING;
        }
        finishIfEmpty();
    }

    @Override
    public void onShutdown(Connection from) {
        loop.enterCallback();
        if (phase == Phase.CLOSED) {
            return;
        }
        boolean idle = streams.count() == 0;
        start();
        output.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
        phase = idle ? phase : Phase.LEAVING;
        streams.all().forEach(Http2Stream::windUp);
        grace = connection.reactor().after(GRACE, _ -> {
            loop.enter();
            leave();
            finishIfEmpty();
        });
    }

    /** No further request is served. The client is told. */
    private void leave() {
        phase = phase == Phase.CLOSED ? phase : Phase.LEAVING;
        if (!last && phase == Phase.LEAVING) {
            last = true;
            output.goAway(frames.lastStream(), ErrorCode.NO_ERROR);
        }
    }

    private void finishIfEmpty() {
        if (phase == Phase.LEAVING && streams.count() == 0) {
            finish();
        }
    }

    /** Closes the connection when everything is sent. */
    private void finish() {
        if (phase != Phase.CLOSED) {
            leave();
            close();
        }
    }

    /** Ends the connection, because the client has broken a rule for which no stream can be ended alone. */
    void fail(ErrorCode error) {
        if (phase == Phase.CLOSED) {
            return;
        }
        LOG.debug("{} ends with {}", connection, error);
        if (error != ErrorCode.ENHANCE_YOUR_CALM) { // which is counted as a limit
            tellRefused(400);
        }
        last = true;
        output.goAway(frames.lastStream(), error);
        close();
        loseAll(new IOException("The client has broken a rule of HTTP/2: " + error));
    }

    private void close() {
        phase = Phase.CLOSED;
        output.flush();
        connection.close();
        if (connection.pending() > 0) {
            loop.slowReaders().watch(connection);
        }
    }

    private void abort(Throwable cause) {
        phase = Phase.CLOSED;
        connection.abort();
        loseAll(cause);
    }

    private void loseAll(Throwable cause) {
        long unsent = connection.unsent();
        for (Http2Stream stream : streams.all()) {
            streams.remove(stream);
            stream.cut(cause, unsent);
        }
    }

    @Override
    public void onClosed(Connection from, @Nullable Throwable reason) {
        loop.enter();
        phase = Phase.CLOSED;
        if (grace != null) {
            grace.close();
        }
        output.gone();
        Throwable cause = reason != null ? reason : new IOException("The connection was closed");
        long unsent = connection.unsent();
        for (Exchange exchange : leaving) {
            if (unsent == 0) {
                exchange.left();
            } else {
                exchange.lost(cause, unsent);
            }
        }
        leaving.clear();
        loseAll(cause);
    }

    // ---- for its streams

    FrameOutput output() {
        return output;
    }

    Reactor reactor() {
        return connection.reactor();
    }

    void execute(Runnable task) {
        try {
            connection.reactor().execute(() -> {
                loop.enter();
                output.beginTask();
                try {
                    task.run();
                } finally {
                    output.endTask();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has ended with its loop, and its pending task is dropped", connection, e);
        }
    }

    Optional<TlsInfo> tls() {
        return connection.tls();
    }

    Optional<ProxyInfo> proxy() {
        return connection.proxy();
    }

    /** Whether the server ends, and serves only requests that are on their way. */
    boolean isShuttingDown() {
        return grace != null;
    }

    /** Null when requests for all hosts are served. */
    @Nullable
    CoveredHosts hosts() {
        return hosts;
    }

    long id() {
        return connection.id();
    }

    SocketAddress remote() {
        return connection.remote();
    }

    SocketAddress local() {
        return connection.local();
    }

    boolean charge(long octets) {
        return connection.charge(octets);
    }

    long pending() {
        return connection.pending();
    }
}
