package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.exchange.ExchangeLoop;
import org.pollux.http.server.exchange.SlowReaders;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.Http2Limits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.FrameReader;

/** The objects that the HTTP/2 connections of one event loop share, one callback after the other. For that loop's thread. */
public final class Http2Loop {

    /** A larger frame would keep the other streams of its connection waiting. */
    private static final int LARGEST_FRAME = FrameReader.LEAST_MOST;

    /** The octets of frames that leave together. */
    private static final int GATHERED = 64 * 1024;

    private final ExchangeLoop exchanges;
    private final RouteRegistry routes;
    private final SlowReaders slowReaders;
    private final SlowStreams slowStreams;
    private FrameReader frames = new FrameReader(LARGEST_FRAME);
    private Bytes scratch = new Bytes(1024);
    private ResponseHeadWriter heads;
    private RequestHeadReader head;
    private TrailerReader trailers;
    private @Nullable ByteBuffer fileBuffer;
    private @Nullable ByteBuffer gathered;
    private Thread thread = Thread.currentThread();

    public Http2Loop(ExchangeLoop exchanges, RouteRegistry routes) {
        this.exchanges = exchanges;
        this.routes = routes;
        this.heads = new ResponseHeadWriter(settings().server(), exchanges.time());
        this.head = new RequestHeadReader(settings().head());
        this.trailers = new TrailerReader(settings().head());
        this.slowReaders = new SlowReaders(settings().body(), counts());
        this.slowStreams = new SlowStreams(settings().body());
    }

    ExchangeLoop exchanges() {
        return exchanges;
    }

    HttpSettings settings() {
        return exchanges.settings();
    }

    Http2Limits limits() {
        return settings().http2();
    }

    RouteRegistry routes() {
        return routes;
    }

    LimitCounts counts() {
        return exchanges.counts();
    }

    long nanos() {
        return exchanges.time().nanos();
    }

    SlowReaders slowReaders() {
        return slowReaders;
    }

    SlowStreams slowStreams() {
        return slowStreams;
    }

    int largestFrame() {
        return LARGEST_FRAME;
    }

    /**
     * Like {@link ExchangeLoop#enter}: creates the objects that are lent to one callback after the other again for a new
     * thread.
     */
    void enter() {
        boolean _ = exchanges.enter();
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
            frames = new FrameReader(LARGEST_FRAME);
            scratch = new Bytes(1024);
            heads = new ResponseHeadWriter(settings().server(), exchanges.time());
            head = new RequestHeadReader(settings().head());
            trailers = new TrailerReader(settings().head());
            fileBuffer = null;
            gathered = null;
        }
        heads.enterCallback();
    }

    /** A callback of a connection begins. */
    void enterCallback() {
        enter();
        exchanges.enterCallback();
    }

    FrameReader frames() {
        return frames;
    }

    /** The buffer for frames that are sent at once. */
    Bytes scratch() {
        return scratch;
    }

    ResponseHeadWriter heads() {
        return heads;
    }

    /** The reader for a new head. */
    RequestHeadReader head() {
        head.reset();
        return head;
    }

    /** A request that waits keeps the reader of its head. */
    void giveAway(RequestHeadReader kept) {
        if (kept == head) {
            head = new RequestHeadReader(settings().head());
        }
    }

    /** The reader for the fields behind a body. */
    TrailerReader trailers() {
        trailers.reset();
        return trailers;
    }

    /** An empty buffer for the frames of a task, which gives it back. */
    ByteBuffer takeGathered() {
        ByteBuffer buffer = gathered;
        gathered = null;
        return buffer == null ? ByteBuffer.allocateDirect(GATHERED) : buffer;
    }

    void giveGathered(ByteBuffer empty) {
        gathered = empty;
    }

    /** The buffer for parts of files. */
    ByteBuffer fileBuffer() {
        ByteBuffer buffer = fileBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(LARGEST_FRAME);
            fileBuffer = buffer;
        }
        return buffer;
    }
}
