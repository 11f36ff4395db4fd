package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel on its way to one address. When it is there, its connection takes its place. */
public final class ConnectAttempt extends Watched {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectAttempt.class);

    private final Dial dial;
    private final SocketAddress address;
    private final SocketChannel channel;

    /**
     * The new owner of the channel. The poller still knows the channel through this attempt, until the backend is swapped.
     */
    private @Nullable Stream heir;

    private ConnectAttempt(Loop loop, Dial dial, SocketAddress address, SocketChannel channel) {
        super(loop);
        this.dial = dial;
        this.address = address;
        this.channel = channel;
    }

    /**
     * Begins to connect. The poller reports the result later, even when the system establishes the connection at once.
     *
     * @param local where it comes from; null leaves that to the system
     * @throws IOException when there is no socket for it, or the system knows at once that it leads nowhere
     * @throws RuntimeException when the address is of a kind that the system does not know
     */
    static ConnectAttempt start(Loop loop, Dial dial, SocketAddress address, @Nullable SocketAddress local)
            throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        ConnectAttempt attempt = new ConnectAttempt(loop, dial, address, channel);
        try {
            channel.configureBlocking(false);
            if (!unix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            if (local != null) {
                channel.bind(local);
            }
            channel.connect(address);
            loop.sources().add(loop.poller(), attempt, Interest.WRITE);
        } catch (IOException | RuntimeException e) {
            attempt.cancel();
            throw e;
        }
        return attempt;
    }

    public SocketAddress address() {
        return address;
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    /** It leaves its registration to a connection, which is one. */
    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    protected void ready(Interest ready) {
        Stream owner = heir;
        if (owner != null) {
            owner.onReady(ready);
            return;
        }
        boolean established;
        try {
            established = channel.finishConnect();
        } catch (IOException e) {
            dial.failed(this, e);
            return;
        }
        if (established) {
            dial.established(this);
        }
    }

    /** Leaves the channel and the place in the poller to the connection. */
    void bequeath(Stream connection) {
        heir = connection;
        loop.sources().replace(this, connection);
    }

    void cancel() {
        loop.sources().remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} did not close well", channel, e);
        }
    }

    @Override
    protected void drop() {
        dial.failed(this, new ClosedChannelException());
    }
}
