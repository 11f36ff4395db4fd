package org.pollux.reactor.testkit;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Key;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;

/**
 * A reactor in memory. It has tasks, timers and {@linkplain HandConnection hand-made connections}, and no socket. Nothing
 * happens unless the test asks for it: the test turns the reactor, and moves its clock.
 *
 * <pre>{@code
 * HandReactor reactor = new HandReactor();
 * HandConnection connection = new HandConnection(reactor, new EchoProtocol());
 * connection.receive("hello");
 * assertEquals("hello", connection.takeSent());
 * }</pre>
 *
 * <p>The thread that makes the reactor is its thread. Other threads may make the same calls as with any reactor; their tasks
 * run in the next turn. For a test with real sockets see {@link TurnedReactor}.
 *
 * <p>The file is long because {@link Reactor} has many methods. Each is short here.
 */
public final class HandReactor implements Reactor {

    /** After this many turns in a row, {@link #settle} fails. */
    private static final int RESTLESS = 100_000;

    private final Thread thread = Thread.currentThread();
    private final ManualClock clock;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<HandTimer> timers = new PriorityQueue<>();
    private final Set<HandStream> connections = new LinkedHashSet<>();
    private final SequencedMap<Key<?>, Object> locals = new LinkedHashMap<>();
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(HandInput.READ);
    private long turns;
    private long timersMade;
    private volatile boolean stopped;
    private volatile boolean closed;

    /** A reactor with its own clock. */
    public HandReactor() {
        this(new ManualClock());
    }

    /** A reactor that uses this clock. */
    public HandReactor(ManualClock clock) {
        this.clock = clock;
    }

    // ---- in the test's hands

    public ManualClock clock() {
        return clock;
    }

    /** Runs the tasks that were posted before, then the timers that are due. */
    public void turn() {
        turns++;
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        }
        for (HandTimer due = timers.peek(); due != null && due.isDue(); due = timers.peek()) {
            timers.remove().expire();
        }
    }

    /**
     * Turns until no work is left for the current time.
     *
     * @throws AssertionError when the work does not end
     */
    public void settle() {
        for (int i = 0; hasWork(); i++) {
            if (i == RESTLESS) {
                throw new AssertionError("The reactor does not come to rest: each turn brings another task");
            }
            turn();
        }
    }

    /** Moves the clock to each timer that becomes due in this time, then to the end of the time; settles after each move. */
    public void pass(Duration time) {
        long end = clock.getAsLong() + time.toNanos();
        settle();
        for (HandTimer next = timers.peek(); next != null && next.deadline() - end <= 0; next = timers.peek()) {
            clock.advanceTo(next.deadline());
            settle();
        }
        clock.advanceTo(end);
    }

    /**
     * Turns until the condition holds, which may depend on another thread.
     *
     * @throws AssertionError when it does not hold within {@link Await#DEADLINE} of real time
     */
    public void turnUntil(String what, BooleanSupplier condition) {
        Await.until(what, condition, this::settle);
    }

    /** Moves the clock to the next due timer, if there is one, and settles. */
    public void toNextTimer() {
        settle();
        HandTimer next = timers.peek();
        if (next != null) {
            clock.advanceTo(next.deadline());
            settle();
        }
    }

    /** The number of waiting timers of {@link #after} and {@link #every}. */
    public int timers() {
        return (int) timers.stream().filter(HandTimer::isAsked).count();
    }

    private boolean hasWork() {
        HandTimer next = timers.peek();
        return !tasks.isEmpty() || (next != null && next.isDue());
    }

    // ---- for its connections

    long turns() {
        return turns;
    }

    /** The buffer that all connections read into, one after the other: it is empty, and its memory is filled with noise. */
    ByteBuffer inbound() {
        inbound.clear();
        for (int i = 0; i < 1024; i++) {
            inbound.put(i, (byte) '~');
        }
        return inbound;
    }

    void opened(HandStream connection) {
        connections.add(connection);
    }

    void ended(HandStream connection) {
        connections.remove(connection);
    }

    /** A timer of the kit's own. */
    HandTimer start(Duration delay, EventHandler handler) {
        return start(delay, Duration.ZERO, false, handler);
    }

    private HandTimer start(Duration delay, Duration period, boolean asked, EventHandler handler) {
        long deadline = clock.getAsLong() + delay.toNanos();
        HandTimer timer = new HandTimer(this, deadline, period, timersMade++, asked, handler);
        timers.add(timer);
        return timer;
    }

    void again(HandTimer timer) {
        timers.add(timer);
    }

    void cancel(HandTimer timer) {
        timers.remove(timer);
    }

    private void requireMine() {
        if (!inLoop()) {
            throw new IllegalStateException("Only " + thread + " may do this: the thread that made the reactor");
        }
        if (closed) {
            throw new IllegalStateException("The reactor is closed");
        }
    }

    // ---- Reactor

    @Override
    public Handle after(Duration delay, EventHandler handler) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative, but this is " + delay.toMillis() + " ms");
        }
        requireMine();
        return start(delay, Duration.ZERO, true, handler);
    }

    @Override
    public Handle every(Duration period, EventHandler handler) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("A period is positive, but this is " + period);
        }
        requireMine();
        return start(period, period, true, handler);
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("The reactor is closed");
        }
        tasks.add(task);
    }

    @Override
    public long nanoTime() {
        return clock.getAsLong();
    }

    @Override
    @SuppressWarnings("unchecked") // the map holds only values that were made for this key
    public <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create) {
        requireMine();
        Object present = locals.get(key);
        if (present == null) {
            present = create.apply(this);
            locals.put(key, present);
        }
        return (T) present;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T removeLocal(Key<T> key) {
        requireMine();
        return (T) locals.remove(key);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public String backend() {
        return "by hand";
    }

    /**
     * Moves the clock from timer to timer until nothing is registered and no task waits, or until it is stopped.
     *
     * @throws IllegalStateException when connections are left and nothing would ever happen to them
     */
    @Override
    public RunResult run() {
        requireMine();
        while (!stopped) {
            settle();
            HandTimer next = timers.peek();
            if (next != null) {
                clock.advanceTo(next.deadline());
            } else if (connections.isEmpty()) {
                return RunResult.EMPTY;
            } else if (!stopped) {
                throw new IllegalStateException("This would wait for ever for " + connections);
            }
        }
        stopped = false;
        return RunResult.STOPPED;
    }

    /**
     * Like {@link #run()}, but continues when nothing is registered.
     *
     * @throws IllegalStateException when nothing would ever happen
     */
    @Override
    public void runUntilStopped() {
        if (run() == RunResult.EMPTY) {
            throw new IllegalStateException("This would wait for ever: nothing is registered");
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        for (HandStream connection : List.copyOf(connections)) {
            connection.abort();
        }
        settle();
        closeLocals();
        closed = true;
        timers.clear();
    }

    private void closeLocals() {
        for (var last = locals.pollLastEntry(); last != null; last = locals.pollLastEntry()) {
            if (last.getValue() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new AssertionError("The value under the key " + last.getKey() + " did not close well", e);
                }
            }
        }
    }

    @Override
    public Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) {
        throw noSockets();
    }

    @Override
    public Handle onSignal(String name, EventHandler handler) {
        throw noSockets();
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol, ListenOptions options) {
        throw noSockets();
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler, ConnectOptions options) {
        throw noSockets();
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramHandler handler) {
        throw noSockets();
    }

    private static UnsupportedOperationException noSockets() {
        return new UnsupportedOperationException(
                "A HandReactor has no channels, sockets or signals: turn a real reactor with TurnedReactor");
    }
}
