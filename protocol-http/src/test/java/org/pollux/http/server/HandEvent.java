package org.pollux.http.server;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.Storage;

/** An event that happens when a test says so. */
public final class HandEvent implements Event {

    private final Reactor reactor;
    private final EventHandler handler;
    private boolean closed;

    public HandEvent(Reactor reactor, EventHandler handler) {
        this.reactor = reactor;
        this.handler = handler;
    }

    public void happen() {
        if (closed) {
            return;
        }
        try {
            handler.onEvent(this);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public SelectableChannel channel() {
        throw new IllegalStateException();
    }

    @Override
    public Interest ready() {
        return Interest.NONE;
    }

    @Override
    public Event interest(Interest interest) {
        throw new IllegalStateException();
    }

    @Override
    public Event timeout(Duration idle) {
        throw new IllegalStateException();
    }

    @Override
    public Event once() {
        return this;
    }

    @Override
    public Storage storage() {
        throw new AssertionError("HTTP does not need this of an event");
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
