package org.pollux.http.server;

import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;

/** A timer that expires when a test says so. */
public final class HandEvent implements Handle {

    private final EventHandler handler;
    private boolean closed;

    public HandEvent(EventHandler handler) {
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
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
