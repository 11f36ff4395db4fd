package org.pollux.reactor.spi.base;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * A source's place in an {@link AbstractPoller}: its interest, and the readiness that the present turn has found. A
 * backend's subclass adds the mechanism's name for the channel. Bytes move through the channel unless the subclass
 * overrides that.
 *
 * <p>Its methods are called on the poller's thread.
 */
@ConsumerType
public abstract class AbstractRegistration implements Registration {

    private final Source source;
    private final SelectableChannel channel;
    private Interest interest;
    private Interest found = Interest.NONE;
    private boolean removed;

    protected AbstractRegistration(Source source, Interest interest) {
        this.source = source;
        this.channel = source.channel();
        this.interest = interest;
    }

    @Override
    public final Source source() {
        return source;
    }

    /** {@link Source#channel} of the source. */
    public final SelectableChannel channel() {
        return channel;
    }

    /** The interest at this moment: {@link Interest#NONE} when it is removed, or its channel closed (P16, P18). */
    public final Interest interest() {
        return isOver() ? Interest.NONE : interest;
    }

    @Override
    public final void interest(Interest wanted) throws IOException {
        requireUsable();
        if (wanted != interest) {
            change(wanted);
            interest = wanted;
        }
    }

    /**
     * Changes the interest in the mechanism.
     *
     * @throws IOException when the system refuses; the interest is then unchanged
     */
    protected abstract void change(Interest wanted) throws IOException;

    @Override
    public final void remove() throws IOException {
        if (!removed) {
            removed = true;
            release();
        }
    }

    /**
     * Ends the watching for good. Called by {@link #remove}, and before it when the channel turns out to have been
     * closed too early (P18): the descriptor's number may belong to another channel by then.
     */
    protected abstract void release() throws IOException;

    /** Whether it is removed, or its channel closed. */
    public final boolean isOver() {
        return removed || !channel.isOpen();
    }

    /**
     * To be called before a descriptor is used.
     *
     * @throws IllegalStateException when it is removed
     * @throws ClosedChannelException when the channel is closed
     */
    protected final void requireUsable() throws ClosedChannelException {
        if (removed) {
            throw new IllegalStateException("the registration of " + channel + " was removed");
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Records the readiness that the mechanism has found; returns whether it is the first of this turn. */
    final boolean noteFound(Interest ready) {
        boolean first = found == Interest.NONE;
        found = found.or(ready);
        return first && ready != Interest.NONE;
    }

    /** The readiness to report at this moment, once. */
    final Interest takeFound() throws IOException {
        Interest ready = found;
        found = Interest.NONE;
        if (removed) {
            return Interest.NONE;
        }
        if (!channel.isOpen()) {
            release(); // where something else keeps the descriptor, it would be found ready for ever
            return Interest.NONE;
        }
        return ready.and(interest);
    }

    final void forgetFound() {
        found = Interest.NONE;
    }
}
