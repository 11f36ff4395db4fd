package org.pollux.reactor.runtime.net;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.ConnectionShedException;
import org.pollux.reactor.Interest;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.WorkReport;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.IdleTimer;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.Sheddable;
import org.pollux.reactor.runtime.loop.Sizes;
import org.pollux.reactor.runtime.loop.Timer;
import org.pollux.reactor.runtime.loop.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of one loop.
 *
 * <pre>
 *                 established            close()               both FINs, or time over
 *   CONNECTING ────────────────▶ OPEN ────────────▶ CLOSING ───────────────────────────▶ CLOSED
 *        │                        │                    │                                   ▲
 *        └────────────────────────┴────────────────────┴───────────────────────────────────┘
 *              abort(), close() while connecting, a failed connect, a reset, a fault of the handler,
 *              both FINs of a connection that closed its output by itself
 * </pre>
 *
 * <p>In OPEN, bytes are read and presented. In CLOSING, what waits is sent, then the FIN, and what comes is thrown away; a
 * connection that does not linger leaves it when all is sent. The channel is closed when CLOSED is entered; the handler hears
 * of it in a task of its own, so that no callback runs inside another.
 */
public final class StreamConnection extends Watched implements Connection, Callee, Sheddable {

    public enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    /** How long a closing connection may go on without sending a byte, and then wait for the peer's FIN. */
    public static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);

    public static final Duration LINGER_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);
    private static final ConnectionHandler NOBODY = (connection, in) -> in.position(in.limit());

    private static final long ENDED = Long.MIN_VALUE;
    private static final AtomicLongFieldUpdater<StreamConnection> CHARGED =
            AtomicLongFieldUpdater.newUpdater(StreamConnection.class, "charged");

    private final ConnectionTally group;
    private final StreamInput input;
    private final StreamOutput output;
    private ConnectionHandler handler = NOBODY;
    private volatile State state;
    private volatile SocketAddress local;
    private volatile SocketAddress remote;

    /** Null until it is established. */
    private @Nullable SocketChannel channel;

    /** The way to the channel; null from then on. */
    private @Nullable Dial dial;

    /** Null before it holds something for the first time. */
    private @Nullable Holding holding;

    /** Bytes that the handler keeps, and those on their way from other threads; {@link #ENDED} afterwards. */
    private volatile long charged;

    private @Nullable IdleTimer idle;
    private @Nullable Timer deadline;
    private boolean shutdownTold;

    /** Whether its group counts it no longer. */
    private boolean left;

    /** Who did not return from a callback when the loop got another thread. */
    private ConnectionHandler unheard = NOBODY;

    /** Whether CLOSING goes on until the peer's FIN. */
    private boolean lingers = true;

    private StreamConnection(Loop loop, ConnectionTally group, State state, SocketAddress local, SocketAddress remote) {
        super(loop);
        this.group = group;
        this.state = state;
        this.local = local;
        this.remote = remote;
        this.input = new StreamInput(this);
        this.output = new StreamOutput(this);
    }

    private static SocketAddress unbound(SocketAddress peer) {
        return peer instanceof UnixDomainSocketAddress ? UnixDomainSocketAddress.of("") : new InetSocketAddress(0);
    }

    /** Listens, on the loop's thread: every connection that comes stays on the loop. */
    public static Listener listen(
            Loop loop, SocketAddress address, Protocol protocol, ListenOptions options, ConnectionTally group)
            throws IOException {
        loop.requireOpen();
        return Acceptor.open(loop, address, options, channel -> accepted(loop, channel, protocol, group));
    }

    /** Takes over an accepted channel, on the loop's thread. The channel is closed when that fails. */
    public static void accepted(Loop loop, SocketChannel channel, Protocol protocol, ConnectionTally group)
            throws IOException {
        StreamConnection connection;
        try {
            channel.configureBlocking(false);
            if (channel.getRemoteAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            connection = new StreamConnection(
                    loop, group, State.OPEN, channel.getLocalAddress(), channel.getRemoteAddress());
            connection.channel = channel;
            loop.memory().budget().kernel().apply(channel);
            loop.sources().add(loop.poller(), connection, Interest.READ);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        connection.begin();
        connection.enter();
        try {
            connection.handler = protocol.open(connection);
            if (connection.isOpen()) {
                connection.handler.onOpen(connection);
            }
        } catch (Throwable fault) {
            connection.fail(fault);
        }
        connection.leave();
    }

    /** Begins to connect, on the loop's thread. */
    public static StreamConnection connect(
            Loop loop,
            SocketAddress address,
            ConnectionHandler handler,
            ConnectOptions options,
            ConnectionTally group,
            Resolver resolver) {
        loop.requireOpen();
        StreamConnection connection = new StreamConnection(loop, group, State.CONNECTING, unbound(address), address);
        connection.handler = handler;
        connection.begin();
        Dial dial = new Dial(loop, connection, address, options, resolver);
        connection.dial = dial;
        dial.start();
        return connection;
    }

    private void begin() {
        group.connectionOpened();
        loop.counters().connections(1);
        loop.memory().connectionOpened();
    }

    // ---- what the loop tells

    @Override
    protected void ready(Interest ready) {
        try {
            if (ready.writes()) {
                output.flush();
            }
            if (ready.reads()) {
                switch (state) {
                    case OPEN -> input.read();
                    case CLOSING -> input.discard();
                    default -> {}
                }
            }
        } catch (IOException e) {
            lost(e);
        } catch (Throwable fault) { // never into the poller: it would be taken for the poller's own
            fail(fault);
        }
        loop.memory().settle();
        advance();
    }

    /** One of its attempts was the first. */
    void established(ConnectAttempt winner) {
        dial = null;
        channel = winner.channel();
        winner.bequeath(this);
        state = State.OPEN;
        try {
            local = winner.channel().getLocalAddress();
            remote = winner.address();
            loop.memory().budget().kernel().apply(winner.channel());
            touch();
            output.flush();
            tell(handler::onOpen);
        } catch (IOException e) {
            lost(e);
        }
    }

    void inputClosed() {
        tell(handler::onInputClosed);
    }

    /** The server wants the connection to end; on the loop's thread. */
    public void shutdown() {
        if (state == State.CONNECTING) {
            end(null);
        } else if (state == State.OPEN && !shutdownTold) {
            shutdownTold = true;
            tell(handler::onShutdown);
        }
    }

    @Override
    public void drop() {
        abortInLoop();
    }

    // ---- callbacks

    private interface Callback {
        void call(Connection connection);
    }

    private void tell(Callback callback) {
        enter();
        try {
            callback.call(this);
        } catch (Throwable fault) {
            fail(fault);
        }
        leave();
    }

    /** Presents bytes; apart from the other callbacks because it allocates nothing. */
    void call(ByteBuffer in) {
        enter();
        try {
            handler.onData(this, in);
        } catch (Throwable fault) {
            fail(fault);
        }
        leave();
    }

    private void enter() {
        loop.buffers().gatherer = this;
    }

    private void leave() {
        loop.requireMine();
        try {
            if (state == State.CLOSED) {
                loop.buffers().gathered.clear();
            } else {
                output.flushGathered();
            }
        } catch (IOException e) {
            lost(e);
        } finally {
            loop.buffers().gathered.clear();
            loop.buffers().gatherer = null;
        }
        loop.memory().settle();
        advance();
    }

    /** Does what follows from a change: the FIN, the end, the news that the queue is drained, the interest. */
    void advance() {
        if (state == State.CLOSED || state == State.CONNECTING || loop.buffers().gatherer == this) {
            return;
        }
        try {
            if (!lingers && !output.isWaiting()) {
                end(null);
                return;
            }
            boolean wasFinished = output.isFinished();
            output.advance();
            if (output.isFinished() && input.isEnded()) {
                end(null);
                return;
            }
            if (state == State.CLOSING && output.isFinished() && !wasFinished) {
                linger();
            } else if (state == State.CLOSING && deadline == null) {
                startDeadline(FLUSH_TIMEOUT.toNanos(), this::flushTimedOut);
            }
            if (output.takeDrained()) {
                loop.defer(this::drained);
            }
            boolean reads = state == State.OPEN ? input.isWanted() : !input.isEnded();
            watchFor(Interest.of(reads, output.isWaiting()));
        } catch (IOException e) {
            lost(e);
        }
    }

    private void idled() {
        if (state == State.OPEN) { // a connect under way has a timeout of its own
            tell(handler::onTimeout);
        }
    }

    private void drained() {
        if (state == State.OPEN) {
            tell(handler::onDrained);
        }
    }

    // ---- ends

    /** The stream is broken. */
    void lost(Throwable cause) {
        LOG.debug("{} is lost", this, cause);
        end(cause);
    }

    /** The handler is broken. */
    public void fail(Throwable fault) {
        loop.requireNotLost();
        LOG.error("The handler of {} failed; the connection is aborted, the others go on", this, fault);
        resetOnClose();
        end(fault);
    }

    /** The server's memory is used up, and this one is slower or larger than the others. */
    @Override
    public void shed(long bytes) {
        boolean slowReader = holding != null && 2 * holding.outbound() >= bytes;
        MemoryBudget budget = loop.memory().budget();
        budget.shed(slowReader);
        resetOnClose();
        end(new ConnectionShedException("The connections of " + budget.owner() + " hold "
                + Sizes.text(budget.used()) + " of the " + Sizes.text(budget.limit())
                + " of memory that they may. This one was shed because its peer "
                + (slowReader ? "takes what is sent" : "sends") + " too slowly: it held " + Sizes.text(bytes)
                + ". See memory of pollux.runtime"));
    }

    /** From another thread, which has lost what it wanted to write. */
    void shedLater() {
        onLoop(() -> {
            if (state != State.CLOSED) {
                shed(held());
            }
        });
    }

    private void abortInLoop() {
        if (state != State.CLOSED) {
            resetOnClose();
            end(null);
        }
    }

    private void closeInLoop(boolean linger) {
        switch (state) {
            case CONNECTING -> end(null);
            case OPEN -> {
                state = State.CLOSING;
                lingers = linger;
                output.finish();
                cancelIdle();
                if (output.isFinished()) {
                    linger();
                }
                advance();
            }
            default -> {}
        }
    }

    private void linger() {
        startDeadline(LINGER_TIMEOUT.toNanos(), () -> end(null));
    }

    private void flushTimedOut() {
        long waiting = output.pending();
        resetOnClose();
        end(new SocketTimeoutException("The peer did not take the last " + waiting + " bytes within " + FLUSH_TIMEOUT));
    }

    private void resetOnClose() {
        if (channel == null) {
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} cannot be reset and is closed instead", this, e);
        }
    }

    private void end(@Nullable Throwable cause) {
        if (state != State.CLOSED) {
            release();
            loop.defer(() -> closed(cause));
        }
    }

    private void release() {
        state = State.CLOSED;
        cancelIdle();
        cancelDeadline();
        loop.sources().remove(this);
        input.clear();
        output.clear();
        if (dial != null) {
            dial.end();
            dial = null;
        }
        closeChannel();
        loop.counters().connections(-1);
        giveBack();
    }

    private void giveBack() {
        if (holding != null) {
            holding.clear();
        }
        loop.memory().addForeign(-CHARGED.getAndSet(this, ENDED));
        loop.memory().connectionClosed();
    }

    private void closeChannel() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} did not close well", this, e);
        }
    }

    private void closed(@Nullable Throwable cause) {
        ConnectionHandler told = handler;
        loop.activity().narrow(this);
        handler = NOBODY;
        try {
            told.onClosed(this, cause);
        } catch (Throwable fault) {
            LOG.error("The handler of {} failed in onClosed", this, fault);
        }
        loop.requireMine();
        leaveGroup();
    }

    private void leaveGroup() {
        if (!left) {
            left = true;
            group.connectionClosed();
        }
    }

    /** Its handler does not return from a callback, and is called only when it has. For the loop's next thread. */
    @Override
    public boolean giveUp() {
        if (state != State.CLOSED) {
            unheard = handler;
            resetOnClose();
            release();
        }
        handler = NOBODY;
        leaveGroup();
        return true;
    }

    /** The callback has returned after all. */
    @Override
    public void tellGivenUp() {
        ConnectionHandler told = unheard;
        unheard = NOBODY;
        try {
            told.onClosed(this, new IOException("Given up: its handler did not return, and its loop went on"));
        } catch (Throwable fault) {
            LOG.error("The handler of {} failed in onClosed", this, fault);
        }
        loop.requireMine();
    }

    // ---- time

    /** A byte was moved. */
    void touch() {
        if (idle != null) { // whose memory need not be looked at: it is far from the rest
            lastActivity = loop.now();
        }
    }

    /** A byte was sent: a closing connection gets more time for the rest. */
    void sent() {
        touch();
        if (state == State.CLOSING && !output.isFinished() && deadline != null) {
            loop.timers().start(deadline, loop.now() + FLUSH_TIMEOUT.toNanos());
        }
    }

    private void startDeadline(long nanos, Runnable action) {
        cancelDeadline();
        deadline = new Timer() {
            @Override
            protected void expire(long now) {
                action.run();
            }
        };
        loop.timers().start(deadline, loop.now() + nanos);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            loop.timers().cancel(deadline);
            deadline = null;
        }
    }

    private void cancelIdle() {
        if (idle != null) {
            idle.cancel();
            idle = null;
        }
    }

    // ---- memory

    /** For the loop's thread. */
    public Holding holding() {
        Holding present = holding;
        if (present == null) {
            present = new Holding(loop);
            holding = present;
        }
        return present;
    }

    void received(long count) {
        if (holding != null) {
            holding.received(count);
        }
    }

    /** Bytes that it holds beyond itself. */
    @Override
    public long held() {
        return (holding == null ? 0 : holding.bytes()) + Math.max(0, charged);
    }

    @Override
    public boolean isSheddable() {
        return state != State.CLOSED && held() > 0;
    }

    @Override
    public double slowness(long now) {
        return holding().slowness(now, Math.max(0, charged));
    }

    @Override
    public boolean charge(long bytes) {
        if (holding == null && loop.inLoop()) {
            holding = new Holding(loop); // its age begins
        }
        long before = charged;
        while (before != ENDED) {
            if (CHARGED.compareAndSet(this, before, before + bytes)) {
                loop.memory().addForeign(bytes);
                break;
            }
            before = charged;
        }
        return !loop.memory().budget().isExhausted();
    }

    // ---- Connection

    /** Runs here when this is the loop's thread, otherwise there; dropped when the loop is closed. */
    private void onLoop(Runnable action) {
        if (loop.inLoop()) {
            action.run();
        } else {
            try {
                loop.execute(action);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} is gone with its loop", this, e);
            }
        }
    }

    @Override
    public Reactor reactor() {
        return loop.reactor();
    }

    @Override
    public SocketChannel channel() {
        return requireNonNull(channel, "It is not established");
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public boolean write(ByteBuffer data) {
        return loop.inLoop() ? writeInLoop(data) : output.post(data);
    }

    private boolean writeInLoop(ByteBuffer data) {
        try {
            boolean below = output.write(data);
            advance();
            return below;
        } catch (IOException e) {
            data.position(data.limit());
            lost(e);
            return false;
        }
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        loop.requireOwner();
        FilePart part = new FilePart(file, from, count);
        try {
            boolean sent = output.transfer(part);
            advance();
            return sent;
        } catch (IOException e) {
            lost(e);
        } catch (RuntimeException fault) { // the file's
            fail(fault);
        }
        return false;
    }

    /** Another thread's write has come to the loop. */
    void arrive(ByteBuffer copy, boolean beyond) {
        try {
            output.arrive(copy, beyond);
            loop.memory().settle();
            advance();
        } catch (IOException e) {
            lost(e);
        }
    }

    @Override
    public long pending() {
        return output.pending();
    }

    @Override
    public long unsent() {
        return output.unsent();
    }

    @Override
    public Connection watermarks(int low, int high) {
        if (low < 0 || low >= high) {
            throw new IllegalArgumentException("Watermarks must be 0 <= low < high, but are " + low + " and " + high);
        }
        output.watermarks(low, high);
        return this;
    }

    @Override
    public Connection idleTimeout(Duration duration) {
        long nanos = Durations.nanos(duration);
        onLoop(() -> {
            cancelIdle();
            if (nanos > 0 && isOpen()) {
                idle = new IdleTimer(this, nanos, this::idled);
            }
        });
        return this;
    }

    @Override
    public void pauseReading() {
        onLoop(() -> {
            input.pause();
            advance();
        });
    }

    @Override
    public void resumeReading() {
        onLoop(() -> {
            if (isOpen()) {
                input.resume();
                advance();
            }
        });
    }

    @Override
    public boolean isReadingPaused() {
        return input.isPaused();
    }

    @Override
    public void closeOutput() {
        onLoop(() -> {
            output.finish();
            advance();
        });
    }

    @Override
    public void close() {
        onLoop(() -> closeInLoop(true));
    }

    @Override
    public void closeWithoutLinger() {
        onLoop(() -> closeInLoop(false));
    }

    @Override
    public void abort() {
        onLoop(this::abortInLoop);
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN || state == State.CONNECTING;
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    public boolean hasOpenChannel() {
        return channel != null && channel.isOpen();
    }

    public boolean belongsTo(ConnectionTally other) {
        return group == other;
    }

    /** For people, and from any thread: whose it is, and what its handler says that it does. */
    @Override
    public String work() {
        ConnectionHandler serving = handler;
        String from = group.name().isEmpty() ? "" : " of " + group.name();
        String work = serving instanceof WorkReport report ? " for " + report.work() : "";
        return "connection " + remote + from + " (" + serving.getClass().getName() + ")" + work;
    }

    @Override
    public String toString() {
        return "Connection " + local + " - " + remote + " (" + state + ")";
    }
}
