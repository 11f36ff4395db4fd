package org.pollux.reactor.testkit;

import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;

/**
 * The connection as its handler sees it.
 *
 * <pre>
 *   CONNECTING ──▶ OPEN ──close()──▶ CLOSING ──both FINs, or time over──▶ CLOSED
 * </pre>
 *
 * <p>Every state leads to CLOSED by an abort, a loss, or a fault of the handler. The handler is called in a separate task.
 *
 * <p>The file is long because {@link Connection} has many methods. Most are short here; the rest is one state machine.
 */
abstract class HandStream implements Connection {

    enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(2);

    private static final AtomicLong IDS = new AtomicLong();

    final HandReactor reactor;
    private final long id = IDS.incrementAndGet();
    private final SocketAddress local;
    private final SocketAddress remote;
    final HandInput input = new HandInput(this);
    final HandOutput output = new HandOutput(this);
    private final Map<Key<?>, Object> attributes = new ConcurrentHashMap<>();
    final AtomicLong charged = new AtomicLong();
    volatile State state;
    ConnectionHandler handler = (connection, in) -> in.position(in.limit());
    private boolean inCallback;
    boolean lingers = true;
    boolean reset;
    boolean shutdownTold;
    int transfers;

    @Nullable
    Throwable cause;

    Duration idle = Duration.ZERO;
    private @Nullable HandTimer idleTimer;
    private @Nullable HandTimer deadline;
    private long lastActivity;

    HandStream(HandReactor reactor, SocketAddress local, SocketAddress remote, State state) {
        this.reactor = reactor;
        this.local = local;
        this.remote = remote;
        this.state = state;
        reactor.opened(this);
    }

    // ---- callbacks

    final void tell(Consumer<Connection> callback) {
        if (inCallback) {
            throw new AssertionError("A callback of " + this + " runs already: act as the peer outside its handler");
        }
        inCallback = true;
        try {
            callback.accept(this);
        } catch (AssertionError failed) {
            throw failed;
        } catch (Throwable fault) {
            fail(fault);
        } finally {
            inCallback = false;
        }
        output.flush();
        advance();
    }

    boolean isInCallback() {
        return inCallback && reactor.inLoop();
    }

    void data(ByteBuffer in) {
        tell(_ -> handler.onData(this, in));
    }

    ConnectionHandler handler() {
        return handler;
    }

    void inputClosed() {
        tell(handler::onInputClosed);
    }

    private void drained() {
        if (state == State.OPEN) {
            tell(handler::onDrained);
        }
    }

    /** Applies the consequences of a change: the FIN, the end, {@code onDrained}. */
    void advance() {
        if (state == State.CLOSED || state == State.CONNECTING || inCallback) {
            return;
        }
        boolean wasFinished = output.isFinished();
        output.advance();
        if (!lingers && output.isFinished()) {
            end(null);
            return;
        }
        if (state == State.CLOSING) {
            input.discard();
        }
        if (output.isFinished() && input.isEnded()) {
            end(null);
            return;
        }
        if (state == State.CLOSING && output.isFinished() && !wasFinished) {
            startDeadline(LINGER_TIMEOUT, null);
        } else if (state == State.CLOSING && deadline == null) {
            startFlushDeadline();
        }
        if (output.takeDrained()) {
            reactor.execute(this::drained);
        }
    }

    // ---- ends

    void fail(Throwable fault) {
        if (state != State.CLOSED) {
            reset = true;
            end(fault);
        }
    }

    void end(@Nullable Throwable why) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        cause = why;
        cancel(idleTimer);
        cancel(deadline);
        input.discard();
        output.clear();
        reactor.ended(this);
        reactor.execute(() -> tell(_ -> handler.onClosed(this, why)));
    }

    private void closeInLoop(boolean linger) {
        switch (state) {
            case CONNECTING -> end(null);
            case OPEN -> {
                state = State.CLOSING;
                lingers = linger;
                output.finish();
                cancel(idleTimer);
                if (output.isFinished()) {
                    startDeadline(LINGER_TIMEOUT, null);
                }
                advance();
            }
            default -> {}
        }
    }

    private void startFlushDeadline() {
        startDeadline(
                FLUSH_TIMEOUT,
                new SocketTimeoutException("The peer did not take the last " + pending() + " bytes within "
                        + FLUSH_TIMEOUT.toSeconds() + " s"));
    }

    private void startDeadline(Duration time, @Nullable Throwable why) {
        cancel(deadline);
        deadline = reactor.start(time, _ -> {
            reset = why != null;
            end(why);
        });
    }

    // ---- time

    /** A byte has moved. */
    void touch() {
        lastActivity = reactor.clock().getAsLong();
    }

    /** A byte was sent. */
    void moved() {
        touch();
        if (state == State.CLOSING && deadline != null && !output.isFinished()) {
            startFlushDeadline();
        }
    }

    private void startIdle(long nanos) {
        idleTimer = reactor.start(Duration.ofNanos(nanos), _ -> {
            long quiet = reactor.clock().getAsLong() - lastActivity;
            boolean over = quiet >= idle.toNanos();
            if (over) {
                touch();
            }
            startIdle(over ? idle.toNanos() : idle.toNanos() - quiet);
            if (over && state == State.OPEN) {
                tell(handler::onTimeout);
            }
        });
    }

    private static void cancel(@Nullable HandTimer timer) {
        if (timer != null) {
            timer.close();
        }
    }

    // ---- Connection

    @Override
    public Connection handler(ConnectionHandler next) {
        onLoop(() -> {
            if (isOpen()) {
                handler = next;
                input.handlerChanged();
            }
        });
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value was set with the key's own type
    public <T> @Nullable T attribute(Key<T> key) {
        return (T) attributes.get(key);
    }

    @Override
    public <T> Connection attribute(Key<T> key, @Nullable T value) {
        if (value == null) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
        return this;
    }

    private void onLoop(Runnable action) {
        if (reactor.inLoop()) {
            action.run();
        } else {
            try {
                reactor.execute(action);
            } catch (RejectedExecutionException _) {
                // the connection has ended with its reactor
            }
        }
    }

    @Override
    public HandReactor reactor() {
        return reactor;
    }

    @Override
    public final long id() {
        return id;
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
        if (!reactor.inLoop()) {
            return output.post(data);
        }
        boolean below = output.write(data);
        advance();
        return below;
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        if (!reactor.inLoop()) {
            throw new IllegalStateException("Only the reactor's thread may send a file");
        }
        transfers++;
        boolean taken = output.transfer(file, from, count);
        advance();
        return taken;
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
    public boolean charge(long bytes) {
        charged.addAndGet(bytes);
        return true;
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
        onLoop(() -> {
            cancel(idleTimer);
            idle = duration;
            if (duration.isPositive() && isOpen()) {
                touch();
                startIdle(duration.toNanos());
            }
        });
        return this;
    }

    @Override
    public void pauseReading() {
        onLoop(input::pause);
    }

    @Override
    public void resumeReading() {
        onLoop(() -> {
            if (isOpen()) {
                input.resume();
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
        onLoop(() -> {
            if (state != State.CLOSED) {
                reset = true;
                end(null);
            }
        });
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN || state == State.CONNECTING;
    }

    boolean isEstablished() {
        return state == State.OPEN;
    }

    /** Whether bytes can be sent. */
    boolean isConnected() {
        return state == State.OPEN || state == State.CLOSING;
    }

    @Override
    public String toString() {
        return "Hand-made connection " + local + " - " + remote + " (" + state + ")";
    }
}
