package org.pollux.reactor.libevent;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;
import org.pollux.reactor.spi.base.Errno;
import org.pollux.reactor.spi.base.JdkChannels;

/** A descriptor, with an event while there is an interest. */
final class LibeventRegistration extends AbstractRegistration {

    final int descriptor;
    private final LibeventPoller poller;
    private final @Nullable SocketChannel socket;

    /** The {@code struct event} that is added for the interest; 0 for none. */
    private long event;

    /** Set when a read has found that the peer has reset the stream; the system reports that only once. */
    private boolean reset;

    LibeventRegistration(LibeventPoller poller, Source source, Interest interest) {
        super(source, interest);
        this.poller = poller;
        this.socket = channel() instanceof SocketChannel stream ? stream : null;
        this.descriptor = JdkChannels.descriptor(channel());
    }

    /**
     * Adds the event of the new interest before it frees the event of the old one. Because libevent counts events by
     * descriptor, this is one {@code EPOLL_CTL_MOD}, and nothing has changed when the system refuses.
     */
    @Override
    protected void change(Interest wanted) throws IOException {
        long next = wanted == Interest.NONE ? 0 : poller.base().watch(descriptor, wanted);
        freeEvent();
        event = next;
    }

    /** Releases the native memory and the place in the poller's table. A second call is a no-op. */
    @Override
    protected void release() {
        freeEvent();
        poller.forget(this);
    }

    private void freeEvent() {
        if (event != 0) {
            poller.base().forget(event);
            event = 0;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (socket == null) {
            return super.read(target);
        }
        requireUsable();
        if (reset) {
            throw Errno.receiveFailure(Errno.ECONNRESET);
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
            return super.write(data, from, count);
        }
        requireUsable();
        return poller.base().bytes().write(socket, descriptor, data, from, count);
    }
}
