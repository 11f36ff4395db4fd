package org.pollux.samples.backend;

import java.nio.channels.ClosedChannelException;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A source, its descriptor, and what it is watched for. Its bytes are moved by its channel, as the SPI does it. */
final class PollRegistration implements Registration {

    final int descriptor;
    private final PollPoller poller;
    private final Source source;
    private Interest interest;
    private boolean removed;

    PollRegistration(PollPoller poller, Source source, int descriptor, Interest interest) {
        this.poller = poller;
        this.source = source;
        this.descriptor = descriptor;
        this.interest = interest;
    }

    @Override
    public Source source() {
        return source;
    }

    /** What is watched for at this moment: nothing when it is removed, or its channel closed (P16, P18). */
    Interest interest() {
        return removed || !source.channel().isOpen() ? Interest.NONE : interest;
    }

    @Override
    public void interest(Interest wanted) throws ClosedChannelException {
        if (removed) {
            throw new IllegalStateException("the registration of " + source.channel() + " was removed");
        }
        if (!source.channel().isOpen()) {
            throw new ClosedChannelException();
        }
        interest = wanted;
    }

    @Override
    public void remove() {
        removed = true;
        poller.forget(this);
    }
}
