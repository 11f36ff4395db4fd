package org.pollux.http.server.h2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.server.exchange.Carrier;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.routing.CoveredHosts;
import org.pollux.http.server.routing.HeldRequest;
import org.pollux.http.server.routing.Route;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.routing.Routing;
import org.pollux.http.server.syntax.BodyEnd;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.InputWindow;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsInfo;

/**
 * A stream (RFC 9113, section 5): it carries one exchange. Octets of its body that nobody asks for yet wait here, at most a
 * window of them.
 *
 * <pre>
 *   begin ──▶ HELD ──the awaited service is there──▶ SERVED ──the response was handed over──▶ SENDING
 *                                                      │                                        │
 *                                                      │            all of it was sent, and the request has ended
 *                                                      │                                        ▼
 *                                                      └──── reset by either side ──────────▶ OVER
 * </pre>
 *
 * <p>A request that has not ended when its response was sent is reset without an error (RFC 9113, section 8.1). It is one file
 * because it is one state machine. The response is written elsewhere ({@link StreamOutput}).
 */
final class Http2Stream implements Carrier, StreamOutput.Owner {

    /** The window of a client that does not know the server's setting yet (RFC 9113, section 6.9.2). */
    private static final int INITIAL_WINDOW = new PeerSettings().window();

    private final Http2Connection connection;
    private final Http2Loop loop;
    private final StreamOutput output;
    private final InputWindow window = new InputWindow();
    private final Arrival arrival = new Arrival();

    /** Calls of its handler on threads of their own. */
    private final AtomicInteger calls = new AtomicInteger();

    private int id;
    private @Nullable Exchange exchange;

    /** The exchange whose response waits to be sent, if an interceptor waits for its end. */
    private @Nullable Exchange leaving;

    private @Nullable RequestHeadReader heldHead;
    private @Nullable HeldRequest held;

    private final Bytes unread = new Bytes(0);

    /** Whether bytes that wait here are being presented. */
    private boolean presenting;

    private boolean inputEnded;
    private FieldLines trailers = FieldLines.NONE;
    private long announced;

    /** Whether another protocol has the stream: its bytes have no minimum rate. */
    private boolean upgraded;

    private long received;
    private boolean over;

    /** Whether it counts although it is over, because a call of its handler still runs; for the connection. */
    boolean lingers;

    Http2Stream(Http2Connection connection, Http2Loop loop, FrameOutput frames, Scheduler scheduler) {
        this.connection = connection;
        this.loop = loop;
        this.output = new StreamOutput(this, loop, frames, scheduler);
    }

    /** The body as the watch over slow clients sees it. */
    private final class Arrival implements SlowStreams.Watched {

        @Override
        public boolean isAwaited() {
            Exchange current = exchange;
            return current != null && !inputEnded && !upgraded && current.body().isTaking();
        }

        @Override
        public long moved() {
            return received + connection.partOf(id);
        }

        @Override
        public void tooSlow() {
            loop.enterCallback();
            Exchange current = exchange;
            if (current != null) {
                current.bodyFailed(408, new SocketTimeoutException("The client sends its body too slowly"));
            }
        }
    }

    // ---- the request

    /** Begins with another request, whose head was read. */
    void begin(int stream, RequestHeadReader head, boolean endsStream, InboundFrames frames) {
        id = stream;
        output.begin(stream, frames.peer().window(), head.priority());
        int limit = loop.limits().window();
        window.begin(frames.isSettled() ? limit : Math.max(limit, INITIAL_WINDOW));
        inputEnded = endsStream;
        trailers = FieldLines.NONE;
        announced = head.contentLength();
        received = 0;
        upgraded = false;
        over = false;
    }

    /** The client knows the window that the server has set. */
    void settled() {
        window.resize(loop.limits().window());
    }

    int id() {
        return id;
    }

    boolean isOver() {
        return over;
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    StreamOutput output() {
        return output;
    }

    /** The request line, for reports. It may be read on any thread. */
    String line() {
        Exchange current = exchange;
        return current == null ? "a request" : current.line();
    }

    /** Serves the request, or lets it wait for an absent handler or filter. */
    void serve(RequestHeadReader head) {
        Route route = route(head);
        if (route == null) {
            heldHead = head;
            loop.giveAway(head);
            return;
        }
        heldHead = null;
        Exchange begun = loop.exchanges().spare();
        exchange = begun;
        begun.begin(this, head.octets(), head.layout(), route);
        if (inputEnded && announcedByWire(head)) {
            begun.body().end(unread.size(), trailers);
        }
        if (connection.isShuttingDown()) {
            begun.windUp();
        }
        begun.call();
        if (exchange == begun && begun.body().isTaking()) {
            takeUnread(begun);
        }
        if (exchange == begun) {
            begun.outlive();
            awaitBody();
        }
    }

    /** Whether the head did not end its stream, so that the end of the body had to be told. */
    private static boolean announcedByWire(RequestHeadReader head) {
        return head.layout().bodyEnd() == BodyEnd.TOLD;
    }

    private @Nullable Route route(RequestHeadReader head) {
        RouteRegistry routes = loop.routes();
        int fault = fault(head);
        while (true) {
            Routing seen = routes.current();
            Route route = fault == 0 ? seen.find(head.layout(), head.octets()) : seen.refusal(fault);
            HeldRequest before = held;
            if (!route.isClosed(head.layout(), head.octets())
                    || (before != null && before.isOver(loop.nanos(), routes.handOver()))) {
                held = null;
                return route;
            }
            HeldRequest waits = before == null ? new HeldRequest(this, this::lookAgain, loop.nanos()) : before;
            switch (routes.await(seen, waits)) {
                case WAITS -> {
                    held = waits;
                    return null;
                }
                case FULL -> {
                    held = null;
                    return route;
                }
                case CHANGED -> {}
            }
        }
    }

    /** The status with which a well-formed head is refused by an exchange of its own, so that filters see it. */
    private int fault(RequestHeadReader head) {
        boolean tooLong = head.contentLength() > loop.settings().body().most();
        CoveredHosts hosts = connection.hosts();
        boolean misdirected = hosts != null && hosts.isMisdirected(head.layout(), head.octets());
        int fault = misdirected ? 421 : head.fault() == 417 ? 417 : tooLong ? 413 : 0;
        if (fault != 0) {
            loop.counts().headRefused(fault, false);
        }
        return fault;
    }

    private void lookAgain() {
        RequestHeadReader head = heldHead;
        if (head != null && !over) {
            loop.enterCallback();
            serve(head);
        }
    }

    /** The time of a request that waits is over. */
    void expire() {
        if (held != null) {
            held.expire();
        }
    }

    /** Refuses a request that did not become an exchange. */
    void refuse(int status, boolean headOnly, boolean tooManyFields) {
        loop.counts().headRefused(status, tooManyFields);
        loop.exchanges().meter().refused(status);
        ErrorBody page = loop.routes().errorBody(status);
        OutgoingResponse own = loop.exchanges().own();
        own.beginOwn(status, page.type(), headOnly, false);
        byte[] body = page.text().getBytes(UTF_8);
        output.send(own, body);
        loop.routes().tellRefused(connection.remote(), status, headOnly ? 0 : body.length);
    }

    /** No further request follows on the connection. */
    void windUp() {
        Exchange current = exchange;
        if (current != null) {
            current.windUp();
        }
    }

    // ---- its body

    /**
     * Takes the payload of a DATA frame, which is the rest of the buffer.
     *
     * @param octets of the frame that count for the window
     * @return the error for which the stream must be reset; null when there is none
     */
    @Nullable
    ErrorCode data(ByteBuffer in, int octets, boolean last) {
        if (inputEnded) {
            return ErrorCode.STREAM_CLOSED;
        }
        if (!window.take(octets)) {
            return ErrorCode.FLOW_CONTROL_ERROR;
        }
        int length = in.remaining();
        received += length;
        if (announced >= 0 && (received > announced || (last && received < announced))) {
            return ErrorCode.PROTOCOL_ERROR; // RFC 9113, section 8.1.1
        }
        consumed(octets - length); // the padding
        if (last) {
            end(length, FieldLines.NONE);
        }
        Exchange current = exchange;
        if (current != null && current.body().isTaking() && unread.size() == 0) {
            presenting = true;
            current.take(in);
            presenting = false;
            consumed(length - in.remaining());
        }
        if (over || (exchange == null && heldHead == null)) {
            consumed(in.remaining()); // nobody wants it any more
            in.position(in.limit());
        } else if (in.hasRemaining()) {
            boolean _ = connection.charge(in.remaining());
            unread.add(in);
        }
        current = exchange;
        if (current != null && unread.size() > 0 && current.body().isTaking()) {
            takeUnread(current);
        }
        settle();
        awaitBody();
        return null;
    }

    /** The fields behind the body. Returns the error for which the stream must be reset; null when there is none. */
    @Nullable
    ErrorCode trailers(FieldLines fields) {
        if (announced >= 0 && received < announced) {
            return ErrorCode.PROTOCOL_ERROR;
        }
        end(0, fields);
        Exchange current = exchange;
        if (current != null && current.body().isTaking()) {
            takeUnread(current);
        }
        settle();
        return null;
    }

    /** The request ends behind what waits here and so many octets more. */
    private void end(int following, FieldLines fields) {
        inputEnded = true;
        trailers = fields;
        loop.slowStreams().forget(arrival);
        Exchange current = exchange;
        if (current != null) {
            current.body().end(unread.size() + following, fields);
        }
    }

    /** The body cannot be read to its end. */
    void bodyFailed(int status, IOException cause) {
        Exchange current = exchange;
        if (current != null) {
            current.bodyFailed(status, cause);
        }
    }

    /** The client has sent its FIN. */
    void inputClosed() {
        if (!inputEnded && upgraded) {
            abort(new EOFException("The client has closed before the end of its stream"));
        } else if (!inputEnded) {
            bodyFailed(400, new EOFException("The client has closed before the end of its body"));
        }
    }

    private void takeUnread(Exchange current) {
        ByteBuffer content = unread.content();
        presenting = true;
        current.take(content);
        presenting = false;
        if (over) {
            return;
        }
        int taken = content.position();
        if (taken > 0) {
            unread.remove(0, taken);
            boolean _ = connection.charge(-taken);
            consumed(taken);
        }
        settle();
    }

    /** So many octets were consumed: the client may send as many more. */
    private void consumed(int octets) {
        connection.consumed(octets);
        int told = window.consumed(octets);
        if (told > 0 && !inputEnded && !over) {
            connection.output().windowUpdate(id, told);
        }
    }

    private void awaitBody() {
        if (arrival.isAwaited()) {
            loop.slowStreams().watch(arrival, reactor());
        }
    }

    @Override
    public void readOn() {
        Exchange current = exchange;
        if (current != null) {
            loop.enterCallback();
            takeUnread(current);
            awaitBody();
        }
    }

    // ---- the response

    @Override
    public void inform(int status, Bytes fields) {
        output.inform(status, fields);
    }

    @Override
    public void send(OutgoingResponse response, byte[] body) {
        output.send(response, body);
    }

    @Override
    public void send(OutgoingResponse response, ByteBuffer body) {
        output.send(response, body);
    }

    @Override
    public void begin(OutgoingResponse response, long length) {
        upgraded = response.isUpgrade();
        output.begin(response, length);
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
    public void finish(Bytes fields) {
        output.finish(fields);
    }

    @Override
    public boolean hasLeft() {
        return !output.isWaiting() && !connection.output().isFull();
    }

    @Override
    public void complete() {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        exchange = null;
        if (current.isLeaving()) {
            leaving = current;
            left();
        }
        loop.slowStreams().forget(arrival);
        current.release();
        settle();
    }

    /** The response that waited was handed to the connection. */
    private void left() {
        Exchange before = leaving;
        if (before != null && !output.isWaiting()) {
            leaving = null;
            if (connection.output().isFull()) {
                connection.tellWhenDrained(before);
            } else {
                before.left();
            }
        }
    }

    @Override
    public void drained() {
        if (output.isWaiting()) {
            return;
        }
        left();
        Exchange current = exchange;
        if (current != null) {
            current.drained();
        }
    }

    @Override
    public void ended() {
        left();
        settle();
    }

    @Override
    public void failed(IOException cause) {
        execute(() -> abort(cause));
    }

    /** Ends the stream when all is done: its response was sent, and its exchange is complete. */
    private void settle() {
        if (over || presenting || exchange != null || heldHead != null || !output.isEnded()) {
            return;
        }
        over();
        if (inputEnded) {
            connection.ended(this);
        } else {
            connection.reset(this, ErrorCode.NO_ERROR);
        }
    }

    // ---- ends

    @Override
    public void abort(Throwable cause) {
        if (!over) {
            connection.reset(this, upgraded ? ErrorCode.CANCEL : ErrorCode.INTERNAL_ERROR);
            cut(cause, 0);
        }
    }

    @Override
    public void tooSlow() {
        connection.tooSlow(this);
    }

    /**
     * Nothing is sent or received any more.
     *
     * @param unsent octets of the connection that have not reached the client
     */
    void cut(Throwable cause, long unsent) {
        if (over) {
            return;
        }
        long waiting = output.waiting() + unsent;
        over();
        output.drop();
        Exchange failed = exchange == null ? leaving : exchange;
        exchange = null;
        leaving = null;
        if (failed != null) {
            failed.lost(cause, waiting);
        }
    }

    private void over() {
        over = true;
        heldHead = null;
        if (held != null) {
            loop.routes().forget(held);
            held = null;
        }
        loop.slowStreams().forget(arrival);
        int left = unread.size();
        if (left > 0) {
            unread.clear();
            boolean _ = connection.charge(-left);
            connection.consumed(left);
        }
    }

    // ---- where it runs

    @Override
    public Reactor reactor() {
        return connection.reactor();
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
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
        return bytes == 0 || connection.charge(bytes);
    }

    @Override
    public long pending() {
        return connection.pending();
    }

    @Override
    public void callBegun() {
        calls.incrementAndGet();
    }

    @Override
    public void callEnded() {
        if (calls.decrementAndGet() == 0) {
            execute(() -> connection.callsEnded(this));
        }
    }

    /** Whether a call of its handler still runs, although the stream may be over. */
    boolean isCalled() {
        return calls.get() > 0;
    }
}
