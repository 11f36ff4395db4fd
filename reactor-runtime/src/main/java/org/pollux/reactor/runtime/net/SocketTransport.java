package org.pollux.reactor.runtime.net;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lowest transport: a stream's socket and its place in the poller of the moment. A connection is one, and not has one, so
 * that a connection without stages needs no object more.
 */
abstract class SocketTransport extends Watched implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);

    /** Null until it is established. */
    private @Nullable SocketChannel channel;

    /** The peer's FIN was read. */
    private boolean readToEnd;

    /** The FIN is sent, or to be sent. */
    private boolean finishing;

    SocketTransport(Loop loop) {
        super(loop);
    }

    final void channel(SocketChannel established) {
        channel = established;
    }

    @Override
    public final SocketChannel channel() {
        return requireNonNull(channel, "It is not established");
    }

    final boolean hasOpenChannel() {
        return channel != null && channel.isOpen();
    }

    @Override
    public final boolean isStream() {
        return true;
    }

    // ---- Transport

    @Override
    public final int read(ByteBuffer target) throws IOException {
        int count = registration.read(target);
        if (count < 0) {
            readToEnd = true;
        }
        return count;
    }

    /** Whether the peer's FIN was read, by a stage perhaps. */
    final boolean isReadToEnd() {
        return readToEnd;
    }

    @Override
    public final long write(ByteBuffer[] data, int from, int count) throws IOException {
        return registration.write(data, from, count);
    }

    @Override
    public final long transferFrom(FileChannel file, long position, long count) throws IOException {
        return registration.transferFrom(file, position, count);
    }

    @Override
    public final void flush() {}

    /** A poller may send later (P26), which matters only at the end. */
    @Override
    public final int kept() {
        return finishing && registration.hasUnsent() ? 1 : 0;
    }

    @Override
    public final boolean finish() throws IOException {
        registration.shutdownOutput();
        finishing = true;
        return !registration.hasUnsent();
    }

    /** Whether the poller has nothing left to send, so that the channel can be closed. */
    final boolean isSent() {
        return !registration.hasUnsent();
    }

    @Override
    public final Interest wants(Interest asked) {
        return asked;
    }

    @Override
    public final boolean hasMore() {
        return false;
    }

    @Override
    public final boolean handshake() {
        return true;
    }

    @Override
    public final void free() {}

    // ---- the end

    /** The peer sees a reset when the channel is closed. */
    final void resetOnClose() {
        if (channel == null) {
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} cannot be reset and is closed instead", this, e);
        }
    }

    final void closeChannel() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} did not close well", this, e);
        }
    }
}
