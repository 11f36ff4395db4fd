package org.pollux.reactor.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import org.pollux.reactor.Protocol;

/**
 * A connection without a socket, for tests of a protocol. The test is the peer: it sends bytes, a FIN or a reset, stops
 * reading and goes on, and looks at what was sent to it. The handler is called as a real connection calls it: one
 * contract test holds both to the same rules.
 *
 * <p>What the peer sends is presented at once. What follows from it (the end, {@code onDrained}, reading that is resumed)
 * comes in a later {@linkplain HandReactor#turn turn}, as with a real connection.
 *
 * <p>An {@link AssertionError} that a handler throws goes through to the test. All else that it throws aborts the
 * connection, and is {@link #cause}.
 */
public final class HandConnection implements Connection {

    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(2);
    private static final SocketAddress SERVER = InetSocketAddress.createUnresolved("server", 80);
    private static final SocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 40000);

    private final HandReactor reactor;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final HandInput input = new HandInput(this);
    private final HandOutput output = new HandOutput(this);
    private final Map<Key<?>, Object> attributes = new ConcurrentHashMap<>();
    private final AtomicLong charged = new AtomicLong();
    private volatile State state;
    private ConnectionHandler handler = (connection, in) -> in.position(in.limit());
    private boolean inCallback;
    private boolean lingers = true;
    private boolean reset;
    private boolean shutdownTold;
    private int transfers;
    private @Nullable Throwable cause;
    private Duration idle = Duration.ZERO;
    private @Nullable HandTimer idleTimer;
    private @Nullable HandTimer deadline;
    private long lastActivity;

    /** A connection that the protocol's server has accepted. */
    public HandConnection(HandReactor reactor, Protocol protocol) {
        this(reactor, protocol, SERVER, CLIENT);
    }

    /** One whose client has an address of the test's own. */
    public HandConnection(HandReactor reactor, Protocol protocol, SocketAddress remote) {
        this(reactor, protocol, SERVER, remote);
    }

    /** One with addresses of the test's own. */
    public HandConnection(HandReactor reactor, Protocol protocol, SocketAddress local, SocketAddress remote) {
        this(reactor, local, remote, State.OPEN);
        tell(_ -> {
            handler = protocol.open(this);
            if (isOpen()) {
                handler.onOpen(this);
            }
        });
    }

    private HandConnection(HandReactor reactor, SocketAddress local, SocketAddress remote, State state) {
        this.reactor = reactor;
        this.local = local;
        this.remote = remote;
        this.state = state;
        reactor.opened(this);
    }

    /** A connection that is under way to a server, until the test says {@link #establish} or {@link #lose}. */
    public static HandConnection connecting(HandReactor reactor, Protocol protocol) {
        HandConnection connection = new HandConnection(reactor, CLIENT, SERVER, State.CONNECTING);
        connection.tell(_ -> connection.handler = protocol.open(connection));
        return connection;
    }

    // ---- the peer's side, in the test's hands

    /** The connect has succeeded. */
    public HandConnection establish() {
        if (state == State.CONNECTING) {
            state = State.OPEN;
            output.flush();
            tell(handler::onOpen);
        }
        return this;
    }

    /** The peer sends a text, a byte for each char. */
    public HandConnection receive(String text) {
        return receive(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The peer sends bytes. */
    public HandConnection receive(byte[] bytes) {
        input.arrive(bytes);
        return arrived();
    }

    /** The peer sends a FIN. */
    public HandConnection receiveEnd() {
        input.arriveEnd();
        return arrived();
    }

    private HandConnection arrived() {
        switch (state) {
            case OPEN -> input.read();
            case CLOSING -> input.discard();
            default -> {}
        }
        advance();
        return this;
    }

    /** The peer resets the connection. */
    public HandConnection reset() {
        return lose(new IOException("Connection reset"));
    }

    /** The connection is lost for a reason of the test's own, or does not come about. */
    public HandConnection lose(Throwable why) {
        end(why);
        reactor.settle();
        return this;
    }

    /** The server asks the connection to end. */
    public HandConnection shutDown() {
        if (state == State.OPEN && !shutdownTold) {
            shutdownTold = true;
            tell(handler::onShutdown);
        }
        return this;
    }

    /** The time of {@link #idleTimeout} is over, and no byte was moved. */
    public HandConnection timeOut() {
        if (state == State.OPEN) {
            tell(handler::onTimeout);
        }
        return this;
    }

    /** The peer stops reading, and the system takes no more: what is written waits. */
    public HandConnection block() {
        output.room(0);
        return this;
    }

    /** The system takes so many bytes more, then nothing again. */
    public HandConnection drain(long bytes) {
        output.room(bytes);
        output.flush();
        advance();
        reactor.settle();
        return this;
    }

    /** The peer reads again, everything. */
    public HandConnection drain() {
        return drain(Long.MAX_VALUE);
    }

    /** What the peer has got, a char for each byte. */
    public String sent() {
        return new String(sentBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What the peer has got. */
    public byte[] sentBytes() {
        return output.sent();
    }

    /** The same since the last call of this method or {@link #takeSentBytes}. */
    public String takeSent() {
        return new String(takeSentBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] takeSentBytes() {
        return output.takeSent();
    }

    /** Whether the peer has got a FIN. */
    public boolean isFinished() {
        return output.isFinished();
    }

    /** Whether the peer has got a reset. */
    public boolean isReset() {
        return reset;
    }

    /** Whether its handler has closed or aborted it, or the peer is gone. */
    public boolean isClosed() {
        return !isOpen();
    }

    /** Whether it waits for the peer's FIN when it is closed. */
    public boolean lingers() {
        return lingers;
    }

    /** Why it is over; null when nothing is wrong. */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** How many parts of files were given to {@link #transfer}. */
    public int transfers() {
        return transfers;
    }

    /** How much has come and was not taken. */
    public int unread() {
        return input.unread();
    }

    /** So many bytes does its handler say that it keeps. */
    public long charged() {
        return charged.get();
    }

    /** The time that was set by {@link #idleTimeout}. */
    public Duration idle() {
        return idle;
    }

    // ---- callbacks

    private void tell(Consumer<Connection> callback) {
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

    /** Does what follows from a change: the FIN, the end, the news that what waited is sent. */
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
                new SocketTimeoutException(
                        "The peer did not take the last " + pending() + " bytes within " + FLUSH_TIMEOUT));
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
    @SuppressWarnings("unchecked") // it was set under the key's own type
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
                // the connection is gone with its reactor
            }
        }
    }

    @Override
    public HandReactor reactor() {
        return reactor;
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
