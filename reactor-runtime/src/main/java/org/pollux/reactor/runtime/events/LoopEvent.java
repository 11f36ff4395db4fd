package org.pollux.reactor.runtime.events;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.Storage;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all events share: the handler, its storage, and the end. */
abstract class LoopEvent implements Event, Callee {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    public final Loop loop;
    private final EventHandler handler;
    private @Nullable Storage storage;
    private Interest ready = Interest.NONE;
    private boolean once;
    private boolean closed;

    LoopEvent(Loop loop, EventHandler handler) {
        this.loop = loop;
        this.handler = handler;
    }

    /** Calls the handler; what it throws closes the event. */
    final void happen(Interest what) {
        if (closed) {
            return;
        }
        if (once) {
            close();
        }
        ready = what;
        loop.activity().narrow(this);
        try {
            handler.onEvent(this);
        } catch (Throwable fault) {
            loop.requireMine();
            LOG.error("The handler of {} failed; the event is closed, the reactor goes on", this, fault);
            close();
        }
        loop.requireMine();
        ready = Interest.NONE;
    }

    @Override
    public final boolean giveUp() {
        close();
        return false;
    }

    @Override
    public final String work() {
        return this + " (" + handler.getClass().getName() + ")";
    }

    /** Takes the event out of the loop; called once. */
    abstract void unregister();

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        loop.requireOwner();
    }

    @Override
    public final Reactor reactor() {
        return loop.reactor();
    }

    @Override
    public SelectableChannel channel() {
        throw new IllegalStateException(this + " has no channel");
    }

    @Override
    public final Interest ready() {
        return ready;
    }

    @Override
    public Event interest(Interest interest) {
        throw new IllegalStateException(this + " has no channel and so no interest");
    }

    @Override
    public Event timeout(Duration idle) {
        throw new IllegalStateException(this + " has no channel and so no timeout");
    }

    @Override
    public final Event once() {
        once = true;
        return this;
    }

    @Override
    public final Storage storage() {
        if (storage == null) {
            storage = new ByteStorage();
        }
        return storage;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        if (!closed) {
            loop.requireOwner();
            closed = true;
            unregister();
        }
    }
}
