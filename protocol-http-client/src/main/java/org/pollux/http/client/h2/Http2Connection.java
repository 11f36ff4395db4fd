package org.pollux.http.client.h2;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.Keeper;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.exchange.Wire;
import org.pollux.http.wire.Octets;
import org.pollux.http.wire.frames.ErrorCode;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.PeerSettings;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;

/**
 * A connection to a host that carries many calls at a time, each in a stream of its own (RFC 9113, sections 3, 5.1 and 6.8).
 *
 * <pre>
 *   OPEN ──GOAWAY, or no stream's number is left──▶ LEAVING ──no stream is left──▶ CLOSED
 *     │                                               │                            ▲
 *     └── idle for too long, a fault of the server, the connection is lost ────────┘
 * </pre>
 *
 * <p>In LEAVING the keeper no longer counts it, and streams that the server processes continue. {@link InboundFrames} knows what
 * a frame means. Until the server has told its settings, one call is carried.
 *
 * <p>It is one file because it is one state machine.
 */
public final class Http2Connection implements ConnectionHandler, Wire {

    private enum Phase {
        OPEN,
        LEAVING,
        CLOSED
    }

    /** The number of bytes that a failure shows of data that is not HTTP/2. */
    private static final int SHOWN = 32;

    private final ClientLoop loop;
    private final Keeper keeper;
    private final Route route;
    private final Connection connection;
    private final ClientSettings settings;
    private final PeerSettings peer = new PeerSettings();
    private final FrameReader reader = new FrameReader(FrameReader.LEAST_MOST);
    private final FrameOutput output;
    private final InboundFrames frames;
    private final RequestHeads heads;
    private final Uploads uploads;

    /** The streams that are not over, by their numbers, the oldest first. */
    private final Map<Integer, Http2Stream> streams = new LinkedHashMap<>();

    private Phase phase = Phase.OPEN;

    /** The number of the next stream; negative when none is left. */
    private int next = 1;

    /** Whether the server was asked whether it is still there. */
    private boolean asked;

    /** Ends the connection when it was idle for too long. */
    private @Nullable Handle idle;

    /** Takes an established connection. */
    public Http2Connection(ClientLoop loop, Keeper keeper, Route route, Connection connection) {
        this.loop = loop;
        this.keeper = keeper;
        this.route = route;
        this.connection = connection;
        this.settings = loop.settings();
        int window = (int) Math.min(
                Integer.MAX_VALUE,
                (long) settings.http2().streams() * settings.http2().window());
        this.output = new FrameOutput(connection, peer);
        this.frames = new InboundFrames(this, peer, settings.headLimit(), window, nanoTime());
        this.heads = new RequestHeads(output.encoder(), settings.userAgent());
        this.uploads = new Uploads(output);
        connection.idleTimeout(settings.http2().ping());
        output.begin(settings, window);
    }

    // ---- Wire

    @Override
    public Route route() {
        return route;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Tunnels tunnels() {
        if (!frames.hasBegun()) {
            return Tunnels.UNKNOWN;
        }
        return peer.connectProtocol() ? Tunnels.YES : Tunnels.NO;
    }

    @Override
    public boolean hasRoom() {
        long most =
                frames.hasBegun() ? Math.min(peer.streams(), settings.http2().streams()) : 1;
        return phase == Phase.OPEN && streams.size() < most;
    }

    @Override
    public boolean isIdle() {
        return phase == Phase.OPEN && streams.isEmpty();
    }

    @Override
    public void start(Call call) {
        int id = next;
        next += 2;
        if (idle != null) {
            idle.close();
            idle = null;
        }
        Http2Stream stream = new Http2Stream(this, loop, id, call, peer.window());
        streams.put(id, stream);
        call.on(stream);
        if (call.protocol() == null || frames.hasBegun()) {
            ask(stream);
        }
        if (next < 0) {
            leave();
        }
    }

    private void ask(Http2Stream stream) {
        Call call = stream.call();
        stream.asked();
        output.head(stream.id(), heads.head(call), !call.request().hasBody());
        call.headSent();
    }

    /** Another protocol is asked for when the server has said that it takes one (RFC 8441, section 3). */
    private void askForProtocols() {
        for (Http2Stream stream : List.copyOf(streams.values())) {
            if (stream.isAsked()) {
                continue;
            }
            if (peer.connectProtocol()) {
                ask(stream);
            } else {
                stream.call().fail(stream.call().uncarried());
            }
        }
    }

    @Override
    public void close() {
        end(ErrorCode.NO_ERROR);
    }

    // ---- incoming bytes

    @Override
    public void onData(Connection same, ByteBuffer in) {
        asked = false;
        while (phase != Phase.CLOSED) {
            switch (reader.next(in)) {
                case FRAME -> {
                    int limit = in.limit();
                    int end = reader.frameEnd();
                    frames.take(reader, in.position(reader.payloadStart()).limit(reader.payloadEnd()));
                    in.limit(limit).position(end);
                }
                case FAULT -> fail(reader.fault(), frames.hasBegun() ? "a frame is malformed" : begin(in));
                case MORE -> {
                    uploads.run();
                    return;
                }
            }
        }
        in.position(in.limit());
    }

    /** What a server sends that does not speak HTTP/2. */
    private static String begin(ByteBuffer in) {
        String text = Octets.string(in, in.position(), Math.min(in.limit(), in.position() + SHOWN));
        return "its response begins with '" + text.replaceAll("[^ -~]", ".") + "'";
    }

    /** The server has told its settings. */
    void settled() {
        askForProtocols();
        uploads.run();
        if (hasRoom()) {
            keeper.free(this);
            keeper.dispatch();
        }
    }

    @Override
    public void onDrained(Connection same) {
        output.drained();
        uploads.run();
    }

    // ---- for frames and streams

    FrameOutput output() {
        return output;
    }

    RequestHeads heads() {
        return heads;
    }

    /** A piece of a body was sent: the server may widen windows for it. */
    void uploaded(int octets) {
        frames.mayWiden(octets);
    }

    Uploads uploads() {
        return uploads;
    }

    Keeper keeper() {
        return keeper;
    }

    long nanoTime() {
        return loop.reactor().nanoTime();
    }

    @Nullable
    Http2Stream find(int id) {
        return streams.get(id);
    }

    /** Whether this side has opened the stream, which may be over. */
    boolean wasOpened(int id) {
        return id % 2 == 1 && (next < 0 || id < next);
    }

    /** A changed initial window changes the windows of all streams (RFC 9113, section 6.9.2). False when one is too large. */
    boolean widenAll(long change) {
        for (Http2Stream stream : streams.values()) {
            if (!stream.widen(change)) {
                return false;
            }
            uploads.offer(stream);
        }
        return true;
    }

    // ---- the ends of streams

    /**
     * A stream is over.
     *
     * @param error the reason that the server is told; null when both sides have ended it
     */
    void ended(Http2Stream stream, @Nullable ErrorCode error) {
        if (error != null && stream.isAsked()) {
            output.reset(stream.id(), error);
        }
        remove(stream);
    }

    private void remove(Http2Stream stream) {
        streams.remove(stream.id());
        if (phase == Phase.LEAVING && streams.isEmpty()) {
            end(ErrorCode.NO_ERROR);
        } else if (phase == Phase.OPEN && streams.isEmpty() && mayNotRest()) {
            close();
        } else if (phase == Phase.OPEN && hasRoom()) {
            rest();
        }
    }

    private boolean mayNotRest() {
        return loop.isClosed() || settings.keepAlive().isZero();
    }

    private void rest() {
        keeper.free(this);
        if (streams.isEmpty()) {
            idle = loop.reactor().after(settings.keepAlive(), _ -> close());
        }
    }

    /** The server has ended a stream. */
    void wasReset(Http2Stream stream, ErrorCode error) {
        if (error == ErrorCode.NO_ERROR && stream.isWhole()) {
            stream.isEnough(); // the response is whole; the rest of the request is not wanted (RFC 9113, section 8.1)
            return;
        }
        stream.leave();
        remove(stream);
        HttpFailure failure = stream.broken("the server ended the exchange: " + meaning(error), null);
        end(stream, failure, error == ErrorCode.REFUSED_STREAM);
        keeper.dispatch();
    }

    /** A call whose response has begun is not sent again, even if the server says that it has not looked at the request. */
    private static void end(Http2Stream stream, HttpFailure failure, boolean again) {
        if (again && !stream.isHeaded()) {
            stream.call().refused(failure);
        } else {
            stream.call().fail(failure);
        }
    }

    private static String meaning(ErrorCode error) {
        return switch (error) {
            case ENHANCE_YOUR_CALM -> error + ": it asks for fewer requests";
            case HTTP_1_1_REQUIRED -> error + ": it wants HTTP/1.1 for this request";
            default -> error.toString();
        };
    }

    /**
     * The server ends the connection, and processes no stream above the last one. Those are sent again on another connection,
     * unless it asks for fewer requests.
     */
    void leavesAfter(int last, ErrorCode error, String text) {
        leave();
        boolean calm = error == ErrorCode.ENHANCE_YOUR_CALM;
        List<Http2Stream> above = streams.values().stream()
                .filter(stream -> stream.id() > last && !stream.isWhole())
                .toList();
        above.forEach(stream -> {
            stream.leave();
            streams.remove(stream.id());
        });
        for (Http2Stream stream : above.reversed()) { // each comes before those that wait
            HttpFailure failure = stream.broken("the server ended the connection: " + meaning(error) + text, null);
            end(stream, failure, !calm);
        }
        if (phase == Phase.LEAVING && streams.isEmpty()) {
            end(ErrorCode.NO_ERROR);
        }
        keeper.dispatch();
    }

    /** No further call is started here. */
    private void leave() {
        if (phase == Phase.OPEN) {
            phase = Phase.LEAVING;
            keeper.left(this);
        }
    }

    // ---- the end of the connection

    private void end(ErrorCode error) {
        if (phase != Phase.CLOSED) {
            leave();
            phase = Phase.CLOSED;
            if (idle != null) {
                idle.close();
            }
            output.goAway(error);
            connection.close();
        }
    }

    /** Ends the connection, because the server has broken a rule for which no stream can be ended alone. */
    void fail(ErrorCode error, String what) {
        end(error);
        HttpFailure failure = frames.hasBegun()
                ? new HttpFailure(Reason.MALFORMED, route.origin() + " breaks the rules of HTTP/2: " + what)
                : new HttpFailure(Reason.NOT_HTTP, route.origin() + " does not speak HTTP/2: " + what);
        loseAll(_ -> failure, false);
    }

    @Override
    public void onTimeout(Connection same) {
        Duration silence = settings.http2().ping();
        if (asked) {
            lose("the server did not respond to a PING within " + Durations.text(silence), null);
        } else {
            asked = true;
            output.ping();
        }
    }

    @Override
    public void onShutdown(Connection same) {
        leave();
        if (streams.isEmpty()) {
            end(ErrorCode.NO_ERROR);
        }
    }

    @Override
    public void onInputClosed(Connection same) {
        lose(Lost.why(null), null);
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        lose(Lost.why(cause), cause);
        keeper.dispatch();
    }

    private void lose(String why, @Nullable Throwable cause) {
        end(ErrorCode.NO_ERROR);
        loseAll(stream -> stream.broken(why, cause), true);
    }

    private interface Failing {
        HttpFailure of(Http2Stream stream);
    }

    /**
     * Fails all calls, but for those that may be sent again: of a kept connection, before a byte of a response. A call whose
     * response is whole takes the rest of it from memory.
     */
    private void loseAll(Failing failing, boolean again) {
        List<Http2Stream> all = new ArrayList<>();
        for (Http2Stream stream : streams.values()) {
            if (stream.isWhole()) {
                stream.isEnough();
            } else {
                all.add(stream);
            }
        }
        streams.clear();
        all.forEach(Http2Stream::leave);
        for (Http2Stream stream : all.reversed()) {
            HttpFailure failure = failing.of(stream);
            if (again && stream.id() > 1 && stream.isUntouched()) {
                stream.call().lostKept(failure);
            } else {
                stream.call().fail(failure);
            }
        }
    }

    HttpFailure lost(Reason reason, String message, @Nullable Throwable cause) {
        return Lost.failure(route.origin(), reason, message, cause);
    }
}
