package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.IdleTimer;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Sheddable;
import org.pollux.reactor.runtime.loop.TcpOption;
import org.pollux.reactor.runtime.net.StreamInput.Pause;
import org.pollux.reactor.runtime.recording.ConnectionOpened;

/**
 * A stream of one loop: its states, and the consequences of each event. Handlers call {@link StreamConnection} from any
 * thread. {@link StreamStart} is the stream's beginning, {@link StreamEnd} is its end.
 *
 * <pre>
 *        a connect                          an accepted socket
 *            │                                      │
 *            ▼                  with stages         │
 *       CONNECTING ─────────┐  ┌────────────────────┤
 *            │  with stages ▼  ▼                    │
 *            │          HANDSHAKING ───failed───────┼──────────────┐
 *            │ established     │ done               │              ▼    both FINs, or time over
 *            └─────────────────┴───────────────────▶OPEN──close()─▶CLOSING─────────▶CLOSED
 *
 *   from every state to CLOSED: abort(), a reset, a fault of the handler or a stage, too little memory
 *   from CONNECTING: a failed connect, close(); from HANDSHAKING: its time is over, close()
 *   from OPEN: both FINs, when the handler closed its output by itself
 * </pre>
 *
 * <p>In CONNECTING and HANDSHAKING, writes wait. In OPEN, bytes are read and presented. In CLOSING, the waiting bytes
 * are sent, then the FIN, and what comes is thrown away; a connection that does not linger leaves it when all is sent.
 * The channel is closed when CLOSED is entered; the handler is called in a separate task, so that no callback runs
 * inside another.
 *
 * <p>For the loop's thread. The two halves, the callbacks, the beginning and the end are separate objects. This class stays
 * in one piece because it is one state machine.
 */
@SuppressWarnings("ReferenceEquality") // a stream is itself and no other
abstract class Stream extends SocketTransport implements Connection, Callee, Sheddable {

    enum State {
        CONNECTING,
        HANDSHAKING,
        OPEN,
        CLOSING,
        CLOSED
    }

    /** The way to OPEN. */
    interface Beginning {

        /** Goes on with the handshake. */
        void shake() throws IOException;

        /** Gives everything back. */
        void end();
    }

    private static final AtomicReferenceFieldUpdater<Stream, @Nullable Holding> HOLDING =
            AtomicReferenceFieldUpdater.newUpdater(Stream.class, Holding.class, "holding");

    private static final AtomicLong IDS = new AtomicLong(ConnectionNumbers.begin());

    /** Changed on the loop only. */
    volatile ConnectionTally group;

    final Traffic.OnLoop traffic;
    final HandlerCalls calls;
    final StreamInput input;
    final StreamOutput output;
    private volatile State state;

    volatile SocketAddress local;
    volatile SocketAddress remote;

    /** Null when it is open. */
    private @Nullable Beginning beginning;

    /** Null when the socket's bytes are the handler's. */
    private @Nullable Stages stages;

    /** Null before it ends. */
    private @Nullable StreamEnd ending;

    /** Null before it holds something for the first time. */
    private volatile @Nullable Holding holding;

    private @Nullable IdleTimer idle;

    private final long id = IDS.incrementAndGet();
    private long began;
    private long bytesRead;
    private long bytesWritten;

    Stream(Loop loop, ConnectionTally group, State state, SocketAddress local, SocketAddress remote) {
        super(loop);
        this.group = group;
        this.traffic = group.traffic().on(loop);
        this.state = state;
        this.local = local;
        this.remote = remote;
        this.calls = new HandlerCalls(this);
        this.input = new StreamInput(this);
        this.output = new StreamOutput(this);
    }

    // ---- the beginning

    final void begin() {
        began = loop.now();
        lastActivity = began;
        group.connectionOpened();
        loop.counters().connections(1);
        loop.memory().connectionOpened();
    }

    final void opened() {
        state = State.OPEN;
        beginning = null;
        ConnectionOpened.record(id, local, remote);
    }

    // ---- what the loop reports

    @Override
    protected final void ready(Interest ready) {
        try {
            Beginning shaking = beginning;
            if (state == State.HANDSHAKING && shaking != null) {
                shaking.shake();
            } else {
                move(ready);
            }
        } catch (Throwable fault) { // never into the poller: it would be taken for the poller's own
            broken(fault);
        }
        loop.memory().settle();
        advance();
    }

    private void move(Interest ready) throws IOException {
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
    }

    /** A stage may continue by itself; in a task. */
    final void proceed() {
        if (state != State.CLOSED) {
            ready(Interest.of(state != State.OPEN || input.isWanted(), true));
        }
    }

    @Override
    protected final void drop() {
        abortInLoop();
    }

    // ---- what follows from a change

    /** The FIN, the end, the news that the queue is drained, the interest. */
    final void advance() {
        if (state == State.CLOSED || state == State.CONNECTING || loop.buffers().gatherer == this) {
            return;
        }
        try {
            if (state == State.HANDSHAKING) {
                watch(true, output.isKept());
            } else if (!advanceEnd()) {
                if (output.takeDrained()) {
                    loop.defer(calls::drained);
                }
                watch(state == State.OPEN ? input.isWanted() : !input.isEnded(), output.isWaiting());
            }
        } catch (Throwable fault) {
            broken(fault);
        }
    }

    /** Whether the connection has ended by that. */
    private boolean advanceEnd() throws IOException {
        StreamEnd end = ending;
        if (end != null && end.hurries() && stages == null && !output.isWaiting() && isSent()) {
            end.close(); // which sends the FIN
            return true;
        }
        boolean wasFinished = output.isFinished();
        output.advance();
        return (end != null || output.isFinished()) && ending().advance(wasFinished);
    }

    private void watch(boolean reads, boolean writes) throws IOException {
        Transport transport = transport();
        if (reads && transport.hasMore()) {
            input.readLater();
        }
        watchFor(transport.wants(Interest.of(reads, writes)));
    }

    final void pauseReading(Pause reason) {
        input.pause(reason);
        advance();
    }

    final void resumeReading(Pause reason) {
        if (isOpen()) {
            input.resume(reason);
            advance();
        }
    }

    /** The other end of the socket; behind a proxy that is not {@link #remote}. */
    final SocketAddress peer() {
        return proxy().map(ProxyInfo::peer).orElse(remote);
    }

    /** Which way the bytes go now. */
    final Transport transport() {
        return stages == null ? this : stages;
    }

    /** Whether a stage may take bytes, or send some of its own. */
    final boolean hasStages() {
        return stages != null;
    }

    final void forEachStage(Consumer<Stage> action) {
        if (stages != null) {
            stages.forEach(action);
        }
    }

    // ---- the end

    final StreamEnd ending() {
        StreamEnd present = ending;
        if (present == null) {
            present = new StreamEnd(this);
            ending = present;
        }
        return present;
    }

    /** The last bytes, which are still to be sent, share a packet with the FIN: a sixth of what a short connection costs. */
    final void joinEnd() {
        if (peer() instanceof InetSocketAddress) {
            boolean _ = TcpOption.CORK.set(channel(), TcpOption.ON);
        }
    }

    /** The stream is broken. */
    final void lost(Throwable cause) {
        ending().lost(cause);
    }

    /** The handler is broken. */
    final void fail(Throwable fault) {
        loop.requireNotLost();
        ending().fail(fault);
    }

    /** The bytes cannot be moved: the stream is broken, or what moves them. */
    final void broken(Throwable fault) {
        loop.requireNotLost();
        if (fault instanceof IOException) {
            ending().lost(fault);
        } else {
            ending().broken(fault);
        }
    }

    /** The server wants the connection to end. */
    final void shutdownInLoop() {
        if (state == State.CONNECTING) {
            ending().close();
        } else {
            calls.shutdown();
        }
    }

    /** Counts it for another group of the same endpoint from now on. On its loop, while it is open. */
    final void moveTo(ConnectionTally other) {
        other.connectionOpened();
        group.connectionLeft();
        group = other;
    }

    final void abortInLoop() {
        if (state != State.CLOSED) {
            ending().abort();
        }
    }

    final void closeInLoop(boolean linger) {
        switch (state) {
            case CONNECTING, HANDSHAKING -> ending().close();
            case OPEN -> ending().begin(linger);
            default -> {}
        }
    }

    /** Gives everything back; false when that was done before. */
    final boolean release() {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        cancelIdle();
        loop.sources().remove(this);
        input.clear();
        output.clear();
        if (beginning != null) {
            beginning.end();
            beginning = null;
        }
        closeChannel();
        freeStages();
        loop.counters().connections(-1);
        if (!HOLDING.compareAndSet(this, null, traffic.ended())) {
            holding().end();
        }
        loop.memory().connectionClosed();
        return true;
    }

    final void freeStages() {
        Stages freed = stages;
        if (freed != null) {
            stages = null;
            freed.free();
        }
    }

    @Override
    public final boolean giveUp() {
        ending().giveUp();
        return true;
    }

    @Override
    public final void tellGivenUp() {
        ending().tellGivenUp();
    }

    // ---- time

    /** A byte was moved. Without an idle timeout only an operator wants to know when, and the clock is not read for that. */
    final void touch() {
        if (idle != null) { // whose memory need not be looked at: it is far from the rest
            lastActivity = loop.now();
        } else {
            lastActivity = loop.time().about();
        }
    }

    /** Bytes were sent. */
    final void sent(long count) {
        bytesWritten += count;
        sent();
    }

    /** A byte was sent. */
    final void sent() {
        touch();
        if (state == State.CLOSING && !output.isFinished()) {
            ending().sent();
        }
    }

    final void idleAfter(long nanos) {
        cancelIdle();
        if (nanos > 0 && isOpen()) {
            idle = new IdleTimer(this, nanos, this::idled);
        }
    }

    private void idled() {
        if (!output.isArriving()) {
            calls.idled();
        }
    }

    final void cancelIdle() {
        if (idle != null) {
            idle.cancel();
            idle = null;
        }
    }

    // ---- memory

    /** From any thread. */
    final Holding holding() {
        Holding present = holding;
        if (present == null) {
            Holding first = new Holding(loop);
            present = HOLDING.compareAndSet(this, null, first) ? first : holding();
        }
        return present;
    }

    /** That many bytes have come. */
    final void received(long count) {
        bytesRead += count;
        Holding present = holding;
        if (present != null) {
            present.received(count);
        }
    }

    @Override
    protected final void handedOver(long received, long unsent) {
        holding().addInbound(received);
        holding().addOutbound(unsent);
        if (unsent < 0) {
            holding().sent(-unsent);
            sent();
        }
    }

    @Override
    public final long held() {
        Holding present = holding;
        return present == null ? 0 : present.held();
    }

    @Override
    public final boolean isSheddable() {
        return state != State.CLOSED && held() > 0;
    }

    @Override
    public final double slowness(long now) {
        return holding().slowness(now);
    }

    @Override
    public final void shed(long bytes) {
        ending().shed(bytes, 2 * holding().outbound() >= bytes);
    }

    // ---- what is asked

    @Override
    public final long id() {
        return id;
    }

    /** When it began, by the loop's clock. */
    public final long began() {
        return began;
    }

    /** When a byte was moved last, by the loop's clock; without an idle timeout, when that turn began. On the loop's thread. */
    public final long lastMoved() {
        return lastActivity - began > 0 ? lastActivity : began;
    }

    /** On the loop's thread. */
    public final long bytesRead() {
        return bytesRead;
    }

    /** On the loop's thread. */
    public final long bytesWritten() {
        return bytesWritten;
    }

    final void state(State next) {
        state = next;
    }

    final void beginning(Beginning way) {
        beginning = way;
    }

    final void stages(Stages top) {
        stages = top;
    }

    final State state() {
        return state;
    }

    @Override
    public final boolean isOpen() {
        State now = state;
        return now != State.CLOSING && now != State.CLOSED;
    }

    /** Whether what is written must wait. */
    final boolean isBeingEstablished() {
        State now = state;
        return now == State.CONNECTING || now == State.HANDSHAKING;
    }

    @Override
    public String toString() {
        return "Connection " + local + " - " + remote + " (" + state + ")";
    }
}
