package org.pollux.reactor.tck;

import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;

/** A channel that looks like the JDK's own but has no descriptor, so no poller can watch it. */
final class ForeignChannel extends AbstractSelectableChannel {

    ForeignChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public int validOps() {
        return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
