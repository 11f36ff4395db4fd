package org.pollux.reactor.libevent;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A descriptor, its event while there is an interest, and what the present turn has found ready. */
final class LibeventRegistration implements Registration {

    final SelectableChannel channel;
    final int descriptor;
    private final LibeventPoller poller;
    private final Source source;
    private final @Nullable SocketChannel socket;
    private Interest interest = Interest.NONE;

    /** The {@code struct event} that is added for the interest; 0 for none. */
    private long event;

    /** {@code EV_READ} and {@code EV_WRITE} of this turn. */
    private int found;

    private boolean removed;

    /** A read has found that the peer has cut the stream; the system says that only once. */
    private boolean reset;

    LibeventRegistration(LibeventPoller poller, Source source) {
        this.poller = poller;
        this.source = source;
        this.channel = source.channel();
        this.socket = channel instanceof SocketChannel stream ? stream : null;
        this.descriptor = JdkChannels.descriptor(channel);
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public void interest(Interest wanted) throws IOException {
        requireUsable();
        if (wanted != interest) {
            watchFor(wanted);
        }
    }

    /**
     * Adds the event of the new interest before it frees that of the old one: libevent counts events by descriptor, so
     * that this is one {@code EPOLL_CTL_MOD}, and nothing has changed when the system refuses.
     */
    void watchFor(Interest wanted) throws IOException {
        long next = wanted == Interest.NONE ? 0 : poller.base().watch(descriptor, wanted);
        freeEvent();
        event = next;
        interest = wanted;
    }

    @Override
    public void remove() {
        if (!removed) {
            removed = true;
            release();
        }
    }

    /** Ends the watching, and gives the native memory and the place in the poller's table back. Harmless when done. */
    void release() {
        freeEvent();
        poller.forget(this);
    }

    private void freeEvent() {
        if (event != 0) {
            poller.base().forget(event);
            event = 0;
        }
    }

    /**
     * Notes what libevent has found.
     *
     * @return whether this is the first of this turn
     */
    boolean found(int what) {
        boolean first = found == 0;
        found |= what;
        return first;
    }

    /** What there is to tell at this moment, once: nothing when it was removed meanwhile, or its channel closed. */
    Interest takeReady() {
        int what = found;
        found = 0;
        if (removed) {
            return Interest.NONE;
        }
        if (!channel.isOpen()) {
            release(); // a channel that a Selector holds keeps its descriptor, and would be found ready for ever
            return Interest.NONE;
        }
        return interest.and(Interest.of((what & Flags.EV_READ) != 0, (what & Flags.EV_WRITE) != 0));
    }

    void forgetReady() {
        found = 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (socket == null) {
            return Registration.super.read(target);
        }
        requireUsable();
        if (reset) {
            throw StreamBytes.connectionReset();
        }
        try {
            return poller.base().bytes().read(socket, descriptor, target);
        } catch (SocketException e) {
            reset = true;
            throw e;
        }
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        if (socket == null) {
            return Registration.super.write(data, from, count);
        }
        requireUsable();
        return poller.base().bytes().write(socket, descriptor, data, from, count);
    }

    /** The descriptor of a closed channel may be another's by now. */
    private void requireUsable() throws ClosedChannelException {
        if (removed) {
            throw new IllegalStateException("the registration of " + channel + " was removed");
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }
}
