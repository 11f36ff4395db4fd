package org.pollux.samples.backend;

import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;
import org.pollux.reactor.spi.base.JdkChannels;

/** A source and its descriptor. The channel moves the bytes, which is the default of the SPI. */
final class PollRegistration extends AbstractRegistration {

    final int descriptor;
    private final PollPoller poller;

    PollRegistration(PollPoller poller, Source source, Interest interest) {
        super(source, interest);
        this.poller = poller;
        this.descriptor = JdkChannels.descriptor(channel());
    }

    /** Does nothing: the array is filled again for the next {@code poll(2)}. */
    @Override
    protected void change(Interest wanted) {}

    @Override
    protected void release() {
        poller.forget(this);
    }
}
