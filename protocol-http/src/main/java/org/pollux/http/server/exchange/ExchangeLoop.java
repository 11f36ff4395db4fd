package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.settings.HttpSettings;

/**
 * What the exchanges of one event loop share, one callback after the other, whichever wires carry them. For that loop's
 * thread.
 */
public final class ExchangeLoop {

    private static final int FILE_BUFFER = 64 * 1024;

    private final HttpSettings settings;
    private final Time time;
    private final LimitCounts counts;
    private final SlowHandlers slowHandlers;
    private Exchange spare = new Exchange(this);
    private OutgoingResponse own = new OutgoingResponse();
    private @Nullable ByteBuffer fileBuffer;
    private long callback;
    private Thread thread = Thread.currentThread();

    public ExchangeLoop(HttpSettings settings, Time time, LimitCounts counts) {
        this.settings = settings;
        this.time = time;
        this.counts = counts;
        this.slowHandlers = new SlowHandlers(settings.connection().responseTimeout(), time);
    }

    public HttpSettings settings() {
        return settings;
    }

    public Time time() {
        return time;
    }

    public LimitCounts counts() {
        return counts;
    }

    SlowHandlers slowHandlers() {
        return slowHandlers;
    }

    /**
     * The loop has another thread: the one before does not return from a handler, and may have in hand whatever is lent to one
     * callback after the other. On the new thread, at the beginning of each callback of a wire.
     *
     * @return whether it has
     */
    public boolean enter() {
        if (thread == Thread.currentThread()) {
            return false;
        }
        thread = Thread.currentThread();
        spare = new Exchange(this);
        own = new OutgoingResponse();
        fileBuffer = null;
        return true;
    }

    /** A callback in which a client's bytes are presented, or its handlers may write on, begins. */
    public void enterCallback() {
        boolean _ = enter();
        callback++;
    }

    /** Which callback this is. */
    long callback() {
        return callback;
    }

    /** The exchange that every request uses whose handler responds in its call. */
    public Exchange spare() {
        return spare;
    }

    /** An exchange that goes on after the call, or that another thread has looked at, is never used again. */
    void giveAway(Exchange exchange) {
        if (exchange == spare) {
            spare = new Exchange(this);
        }
    }

    /** For a response that the server sends by itself, until the next one. */
    public OutgoingResponse own() {
        return own;
    }

    /** Through which files are sent, empty. */
    ByteBuffer fileBuffer() {
        ByteBuffer buffer = fileBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(FILE_BUFFER);
            fileBuffer = buffer;
        }
        return buffer.clear();
    }
}
