package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.Optional;
import org.pollux.http.EventStream;
import org.pollux.http.ServerSentEvent;

/** The events of a handler whose response was dropped. Their stream has ended from the beginning. */
enum DroppedEvents implements EventStream {
    INSTANCE;

    @Override
    public boolean send(ServerSentEvent event) {
        return false;
    }

    @Override
    public EventStream heartbeat(Duration interval) {
        return this;
    }

    @Override
    public EventStream onDrained(Runnable callback) {
        return this;
    }

    @Override
    public EventStream onClosed(Runnable callback) {
        callback.run();
        return this;
    }

    @Override
    public Optional<String> lastEventId() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void close() {}
}
