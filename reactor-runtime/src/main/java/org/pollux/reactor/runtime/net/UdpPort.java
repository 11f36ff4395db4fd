package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket of one loop. It shows its handler no datagram whose source is forged so that the handler would respond to itself.
 */
public final class UdpPort extends Watched implements DatagramPort, Callee {

    /** How many datagrams are received in a turn at most. */
    public static final int BATCH = 16;

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
    private static final DatagramHandler NOBODY = (port, data, from) -> {};

    /** A peer can make a handler fail as often as it likes, and must not fill the log. */
    private static final long BETWEEN_REPORTS = TimeUnit.SECONDS.toNanos(1);

    private final DatagramChannel channel;
    private final OwnDatagrams own;
    private final SocketAddress local;
    private DatagramHandler handler = NOBODY;
    private Runnable whenGivenUp = this::closeChannel;
    private boolean released;
    private long unreported;
    private long nextReport;

    private UdpPort(Loop loop, DatagramChannel channel, SocketAddress local, OwnDatagrams own) {
        super(loop);
        this.channel = channel;
        this.own = own;
        this.nextReport = loop.now();
        this.local = local;
    }

    /** Binds, on the loop's thread. */
    public static UdpPort open(Loop loop, SocketAddress address, DatagramProtocol protocol) throws IOException {
        loop.requireOpen();
        DatagramChannel channel = bind(address);
        try {
            OwnDatagrams own = new OwnDatagrams();
            SocketAddress local = channel.getLocalAddress();
            own.add(local);
            return receive(loop, channel, local, own, protocol);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Binds; from any thread. The kernel takes datagrams from now on. */
    public static DatagramChannel bind(SocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            return channel.bind(address);
        } catch (UnresolvedAddressException | UnsupportedAddressTypeException e) {
            channel.close();
            throw (IOException) new BindException("Cannot receive on " + address + ": " + e).initCause(e);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Receives on a bound channel, on the loop's thread. The channel stays open when that fails.
     *
     * @param local its address, which the channel does not know when it was adopted
     * @param own the addresses, this one among them, from which no datagram can come
     */
    public static UdpPort receive(
            Loop loop, DatagramChannel channel, SocketAddress local, OwnDatagrams own, DatagramProtocol protocol)
            throws IOException {
        UdpPort port = new UdpPort(loop, channel, local, own);
        port.handler = protocol.open(port);
        loop.requireNotLost();
        if (!port.released) {
            loop.sources().add(loop.poller(), port, Interest.READ);
        }
        return port;
    }

    @Override
    public DatagramChannel channel() {
        return channel;
    }

    @Override
    protected void ready(Interest ready) {
        for (int i = 0; i < BATCH && isWatched() && !loop.isStopping(); i++) {
            ByteBuffer data = loop.buffers().inbound.clear();
            try {
                SocketAddress from = channel.receive(data);
                if (from == null) {
                    return;
                }
                if (!own.refuses(from)) {
                    deliver(data.flip(), from);
                }
            } catch (ClosedChannelException e) {
                end(e);
            } catch (IOException e) {
                LOG.debug("{} could not receive; it continues", this, e);
                return;
            }
        }
    }

    private void deliver(ByteBuffer data, SocketAddress from) {
        try {
            handler.onDatagram(this, data, from);
        } catch (Throwable fault) {
            report(from, fault);
        }
    }

    private void report(SocketAddress from, Throwable fault) {
        unreported++;
        if (loop.now() - nextReport >= 0) {
            LOG.error(
                    "The handler of {} failed for a datagram from {}; the port continues. Failures since the last such line: {}",
                    this,
                    from,
                    unreported,
                    fault);
            unreported = 0;
            nextReport = loop.now() + BETWEEN_REPORTS;
        }
        loop.requireMine();
    }

    @Override
    protected void drop() {
        end(null);
    }

    private void end(@Nullable Throwable cause) {
        if (released) {
            return; // the channel may be another port's by now
        }
        release(cause);
        closeChannel();
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} did not close well", this, e);
        }
    }

    /** Ends the port as if it were closed, but leaves the channel open for another one. */
    public void release() {
        release(null);
    }

    private void release(@Nullable Throwable cause) {
        if (released) {
            return;
        }
        released = true;
        loop.sources().remove(this);
        loop.defer(() -> closed(cause));
    }

    private void closed(@Nullable Throwable cause) {
        DatagramHandler told = handler;
        loop.activity().narrow(this);
        handler = NOBODY;
        try {
            told.onClosed(this, cause);
        } catch (Throwable fault) {
            LOG.error("The handler of {} failed in onClosed", this, fault);
        }
    }

    /** Calls back when the port is given up because its handler does not return; the channel stays open. */
    public void onGivenUp(Runnable action) {
        whenGivenUp = action;
    }

    /** Its handler does not return, and is not called any more. */
    @Override
    public boolean giveUp() {
        if (!released) {
            released = true;
            loop.sources().remove(this);
            handler = NOBODY;
            loop.defer(whenGivenUp);
        }
        return false; // another port follows
    }

    @Override
    public String work() {
        return toString();
    }

    @Override
    public Reactor reactor() {
        return loop.reactor();
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public boolean send(ByteBuffer data, SocketAddress to) {
        loop.requireOwner();
        if (released) {
            throw new UncheckedIOException(this + " is closed", new ClosedChannelException());
        }
        try {
            return !data.hasRemaining() ? channel.send(data, to) == 0 : channel.send(data, to) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + data.remaining() + " bytes to " + to, e);
        }
    }

    @Override
    public void close() {
        loop.requireOwner();
        end(null);
    }

    @Override
    public String toString() {
        return "UDP port " + local;
    }
}
