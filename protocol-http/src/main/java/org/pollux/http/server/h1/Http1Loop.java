package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.exchange.SlowHandlers;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.limits.AddressLimit;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;

/** What the connections of one event loop share, one callback after the other. For that loop's thread. */
public final class Http1Loop {

    private static final int FILE_BUFFER = 64 * 1024;

    private final HttpSettings settings;
    private final RouteRegistry routes;
    private final Time time;
    private final AddressLimit addresses;
    private final LimitCounts counts;
    private ResponseWriter writer;
    private final SlowReaders slowReaders;
    private final SlowHandlers slowHandlers;
    private Exchange spare = new Exchange();
    private long callback;
    private HeadParser parser;
    private @Nullable ByteBuffer fileBuffer;
    private Thread thread = Thread.currentThread();

    public Http1Loop(
            HttpSettings settings, RouteRegistry routes, Time time, AddressLimit addresses, LimitCounts counts) {
        this.settings = settings;
        this.routes = routes;
        this.time = time;
        this.addresses = addresses;
        this.counts = counts;
        this.writer = new ResponseWriter(settings, time);
        this.parser = new HeadParser(settings.head());
        this.slowReaders = new SlowReaders(settings.body(), counts);
        this.slowHandlers = new SlowHandlers(settings.connection().responseTimeout(), time);
    }

    public HttpSettings settings() {
        return settings;
    }

    RouteRegistry routes() {
        return routes;
    }

    AddressLimit addresses() {
        return addresses;
    }

    LimitCounts counts() {
        return counts;
    }

    /**
     * The loop has another thread: the one before does not return from a handler, and may have in hand whatever is lent to one
     * callback after the other. On the new thread, at the beginning of each connection's callbacks.
     */
    void enter() {
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
            spare = new Exchange();
            parser = new HeadParser(settings.head());
            writer = new ResponseWriter(settings, time);
            fileBuffer = null;
        }
    }

    ResponseWriter writer() {
        return writer;
    }

    SlowReaders slowReaders() {
        return slowReaders;
    }

    SlowHandlers slowHandlers() {
        return slowHandlers;
    }

    /** A callback of a connection begins. */
    void enterCallback() {
        enter();
        callback++;
        writer.enterCallback();
    }

    void leaveCallback() {
        if (thread == Thread.currentThread()) { // otherwise the loop has another thread, and the writer is its
            writer.leaveCallback();
        }
    }

    /** Which callback this is. */
    public long callback() {
        return callback;
    }

    long nanos() {
        return time.nanos();
    }

    /** For a head of which nothing was looked at yet; nearly all are whole and need no parser of their own. */
    HeadParser parser() {
        parser.reset();
        return parser;
    }

    /** A head that came in part has the parser until the rest is there. */
    void giveAway(HeadParser begun) {
        if (begun == parser) {
            parser = new HeadParser(settings.head());
        }
    }

    /** The exchange that every request uses whose handler responds in its call. */
    Exchange spare() {
        return spare;
    }

    /** An exchange that goes on after the call, or that another thread has looked at, is never used again. */
    void giveAway(Exchange exchange) {
        if (exchange == spare) {
            spare = new Exchange();
        }
    }

    /** Through which files are sent, empty. */
    public ByteBuffer fileBuffer() {
        ByteBuffer buffer = fileBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(FILE_BUFFER);
            fileBuffer = buffer;
        }
        return buffer.clear();
    }
}
