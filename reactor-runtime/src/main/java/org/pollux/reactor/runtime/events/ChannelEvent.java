package org.pollux.reactor.runtime.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.IdleTimer;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;
import org.pollux.reactor.server.loops.Watch;
import org.pollux.reactor.spi.Poller;

/** An event of a channel: ready, or not ready for too long. */
public final class ChannelEvent extends LoopEvent {

    private final Watch watch;
    private @Nullable IdleTimer idle;

    /** Begins to watch, on the loop's thread. */
    public static ChannelEvent of(Loop loop, SelectableChannel channel, Interest interest, EventHandler handler) {
        loop.requireOpen();
        return new ChannelEvent(loop, channel, interest, handler);
    }

    private ChannelEvent(Loop loop, SelectableChannel channel, Interest interest, EventHandler handler) {
        super(loop, handler);
        watch = new Watch(loop, channel);
        Poller poller = loop.poller();
        try {
            loop.sources().add(poller, watch, interest);
        } catch (ClosedChannelException e) {
            throw new IllegalArgumentException("A closed channel cannot be watched: " + channel, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The poller cannot watch " + channel, e);
        }
    }

    @Override
    public SelectableChannel channel() {
        return watch.channel;
    }

    @Override
    public Event interest(Interest interest) {
        requireOpen();
        try {
            watch.watchFor(interest);
        } catch (IOException e) {
            throw new UncheckedIOException("The poller cannot change the interest of " + this, e);
        }
        return this;
    }

    @Override
    public Event timeout(Duration duration) {
        requireOpen();
        if (idle != null) {
            idle.cancel();
        }
        idle = duration.isZero() ? null : new IdleTimer(watch, Durations.nanos(duration), () -> happen(Interest.NONE));
        return this;
    }

    @Override
    void unregister() {
        loop.sources().remove(watch);
        if (idle != null) {
            idle.cancel();
        }
    }

    @Override
    public String toString() {
        return "Event of " + watch.channel;
    }

    private final class Watch extends Watched {

        private final SelectableChannel channel;

        Watch(Loop loop, SelectableChannel channel) {
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
