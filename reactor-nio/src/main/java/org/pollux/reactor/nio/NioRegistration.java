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
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;

/** A selection key and its source. */
final class NioRegistration extends AbstractRegistration {

    private static final int READ_OPS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITE_OPS = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    /** Null while the key of the channel's earlier registration still exists. */
    private @Nullable SelectionKey key;

    NioRegistration(Source source, Interest interest) {
        super(source, interest);
    }

    /** Makes the key. No earlier key of the channel may be left. */
    void register(Selector selector) throws ClosedChannelException {
        key = channel().register(selector, ops(channel(), interest()), this);
    }

    /**
     * The operations that the selector must watch: all operations of a direction that the channel has, whatever its state. A
     * stream's connect and write are the same event for the system, and the selector distinguishes them.
     */
    private static int ops(SelectableChannel channel, Interest interest) {
        return channel.validOps() & ((interest.reads() ? READ_OPS : 0) | (interest.writes() ? WRITE_OPS : 0));
    }

    /** The interest that the selector found ready; NONE when another thread has closed the channel. */
    Interest ready() {
        try {
            int ops = requireNonNull(key).readyOps();
            return Interest.of((ops & READ_OPS) != 0, (ops & WRITE_OPS) != 0);
        } catch (CancelledKeyException closed) {
            return Interest.NONE;
        }
    }

    @Override
    protected void change(Interest wanted) throws IOException {
        if (key != null) {
            try {
                key.interestOps(ops(channel(), wanted));
            } catch (CancelledKeyException e) {
                throw closedBeforeRemoval(e);
            }
        }
    }

    @Override
    protected void release() {
        if (key != null) {
            key.cancel();
        }
    }

    private static IOException closedBeforeRemoval(CancelledKeyException cause) {
        var closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }
}
