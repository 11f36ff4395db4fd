package org.pollux.reactor.runtime.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Storage;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.IdleTimer;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;

/** A watched channel: it is ready, or was not ready for too long. */
public final class ChannelWatch extends LoopHandle implements Watch {

    private final WatchHandler handler;
    private final ChannelSource source;
    private EventHandler onIdle = _ -> {};
    private @Nullable IdleTimer idle;
    private @Nullable Storage storage;

    /** Begins to watch, on the loop's thread. */
    public static ChannelWatch of(Loop loop, SelectableChannel channel, Interest interest, WatchHandler handler)
            throws IOException {
        loop.requireOpen();
        ChannelWatch watch = new ChannelWatch(loop, channel, handler);
        try {
            loop.sources().add(loop.poller(), watch.source, interest);
        } catch (ClosedChannelException e) {
            throw new IllegalArgumentException("A closed channel cannot be watched: " + channel, e);
        }
        return watch;
    }

    private ChannelWatch(Loop loop, SelectableChannel channel, WatchHandler handler) {
        super(loop);
        this.handler = handler;
        this.source = new ChannelSource(loop, channel);
    }

    @Override
    void call(Interest ready) throws Exception {
        if (ready == Interest.NONE) {
            onIdle.onEvent(this);
        } else {
            handler.onReady(this, ready);
        }
    }

    @Override
    Object handler() {
        return handler;
    }

    @Override
    public SelectableChannel channel() {
        return source.channel;
    }

    @Override
    public Watch interest(Interest interest) {
        requireOpen();
        try {
            source.watchFor(interest);
        } catch (IOException e) {
            throw new UncheckedIOException("The poller cannot change the interest of " + this, e);
        }
        return this;
    }

    @Override
    public Watch idleTimeout(Duration duration, EventHandler whenIdle) {
        requireOpen();
        long nanos = Durations.nanos(duration);
        if (idle != null) {
            idle.cancel();
        }
        onIdle = whenIdle;
        idle = nanos == 0 ? null : new IdleTimer(source, nanos, () -> happen(Interest.NONE));
        return this;
    }

    @Override
    public Watch once() {
        closeBeforeNext();
        return this;
    }

    @Override
    public Storage storage() {
        if (storage == null) {
            storage = new ByteStorage();
        }
        return storage;
    }

    @Override
    void unregister() {
        loop.sources().remove(source);
        if (idle != null) {
            idle.cancel();
        }
    }

    @Override
    public String toString() {
        return "Watch of " + source.channel;
    }

    /** The source that the loop polls for this watch. */
    private final class ChannelSource extends Watched {

        private final SelectableChannel channel;

        ChannelSource(Loop loop, SelectableChannel channel) {
            super(loop);
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        protected void ready(Interest ready) {
            if (idle != null) {
                idle.touch();
            }
            happen(ready);
        }

        @Override
        protected void drop() {
            close();
        }
    }
}
