package org.pollux.reactor.nio;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A selection key, the source that it stands for, and what the present turn has found ready. */
final class NioRegistration implements Registration {

    private static final int READ_OPS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITE_OPS = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final Source source;

    /** None while the key of the channel's earlier registration is in the way. */
    private @Nullable SelectionKey key;

    private Interest interest;
    private int foundOps;
    private boolean removed;

    NioRegistration(Source source, Interest interest) {
        this.source = source;
        this.interest = interest;
    }

    /** Gets its key; no earlier one of the channel may be left. */
    void register(Selector selector) throws ClosedChannelException {
        SelectableChannel channel = source.channel();
        key = channel.register(selector, ops(channel, interest), this);
    }

    /**
     * What the selector must watch for: all operations of a direction that the channel has, whatever its state. A
     * stream's connect and write are the same event to the system, and the selector tells them apart.
     */
    private static int ops(SelectableChannel channel, Interest interest) {
        return channel.validOps() & ((interest.reads() ? READ_OPS : 0) | (interest.writes() ? WRITE_OPS : 0));
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public void interest(Interest wanted) throws IOException {
        if (removed) {
            throw new IllegalStateException("the registration of " + source.channel() + " was removed");
        }
        if (wanted == interest) {
            return;
        }
        if (key != null) {
            try {
                key.interestOps(ops(key.channel(), wanted));
            } catch (CancelledKeyException e) {
                throw closedBeforeRemoval(e);
            }
        }
        interest = wanted;
    }

    @Override
    public void remove() {
        removed = true;
        if (key != null) {
            key.cancel();
        }
    }

    boolean isRemoved() {
        return removed;
    }

    /** The poller is closed, and its selector has dropped the keys. */
    void pollerClosed() {
        removed = true;
    }

    /**
     * Notes what the selector has found. It may find the two directions one after the other (kqueue does).
     *
     * @return whether this is the first of this turn
     */
    boolean found() {
        boolean first = foundOps == 0;
        try {
            foundOps |= requireNonNull(key).readyOps();
        } catch (CancelledKeyException closedByAnotherThread) {
            return false;
        }
        return first;
    }

    /**
     * What there is to tell at this moment, once: nothing when it was removed meanwhile, or its channel closed.
     */
    Interest takeReady() {
        int found = foundOps;
        foundOps = 0;
        if (!requireNonNull(key).isValid()) {
            return Interest.NONE;
        }
        return interest.and(Interest.of((found & READ_OPS) != 0, (found & WRITE_OPS) != 0));
    }

    void forgetReady() {
        foundOps = 0;
    }

    private static IOException closedBeforeRemoval(CancelledKeyException cause) {
        var closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }
}
