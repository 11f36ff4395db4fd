package org.pollux.reactor;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One event loop: it holds watched channels, timers, signals and connections, and calls their callbacks.
 *
 * <p><b>Thread.</b> {@link #execute}, {@link #stop}, {@link #close}, {@link #inLoop}, {@link #nanoTime} and
 * {@link #backend} may be called from any thread. Everything else belongs to the thread inside {@link #run}, or, while
 * no thread runs the reactor, to the one thread that owns it. A call from another thread is refused with
 * {@link IllegalStateException}.
 *
 * <p><b>Order.</b> A turn runs the tasks that were posted before it, then the timers that are due, by deadline and then
 * by age. Then it waits for the channels and serves those that are ready, each once. So a source that is always ready
 * does not starve the rest.
 *
 * <p><b>Faults.</b> When a callback throws, the object that it was called for (the handle, the connection) ends, and
 * the exception is logged; the reactor continues. The package's description says which methods throw which exceptions.
 *
 * <p><b>A loop of the server</b>, on which the connections of a protocol service live, belongs to the server: its
 * {@code run}, {@code runUntilStopped}, {@code stop} and {@code close} throw {@link IllegalStateException}.
 */
@ProviderType
public interface Reactor extends Executor, AutoCloseable {

    /**
     * Calls the handler whenever the channel is ready, until the watch is closed. Level-triggered: a channel that is
     * still ready is reported again.
     *
     * @param channel open, non-blocking, and not watched by this reactor already. The caller closes it, after the watch
     * @throws IOException when the system cannot watch it: it has no memory left, or reached a limit
     * @throws IllegalArgumentException when the channel is blocking, closed or of a kind that cannot be watched, with the
     *     reason
     * @throws IllegalStateException when this reactor watches the channel already, or is closed
     */
    Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) throws IOException;

    /**
     * Calls the handler once, not before the delay has passed; a zero delay means after the current callbacks. The handle
     * is closed just before the callback. One that is set in the last callbacks of a closing reactor does not expire.
     *
     * @throws IllegalArgumentException when the delay is negative
     */
    Handle after(Duration delay, EventHandler handler);

    /**
     * Calls the handler periodically, counted from now without drift, until the handle is closed. Periods that a stall
     * swallowed are skipped, not made up for. One that is set in the last callbacks of a closing reactor does not expire.
     *
     * @throws IllegalArgumentException when the period is not positive
     */
    Handle every(Duration period, EventHandler handler);

    /**
     * Calls the handler on this reactor whenever the process gets the signal, until the handle is closed. Every reactor
     * that registers for it gets it; the JVM's own reaction is restored when the last handle for the signal is closed.
     * HUP, INT and TERM that the process was started to ignore, as {@code nohup} does, stay ignored.
     *
     * @param name as the JDK knows it, without "SIG": {@code "TERM"}, {@code "INT"}, {@code "HUP"}
     * @throws IllegalArgumentException when the platform has no such signal or the JVM keeps it for itself
     */
    Handle onSignal(String name, EventHandler handler);

    /**
     * Accepts stream connections. {@link Protocol#open} returns the handler of each.
     *
     * @param address an {@link java.net.InetSocketAddress} (port 0: any free one) or a
     *     {@link java.net.UnixDomainSocketAddress}
     * @throws java.net.BindException when the address is in use or not of this machine
     * @throws IOException when the system refuses it for another reason
     */
    Listener listen(SocketAddress address, Protocol protocol, ListenOptions options) throws IOException;

    /** The same with {@link ListenOptions#DEFAULTS}. */
    default Listener listen(SocketAddress address, Protocol protocol) throws IOException {
        return listen(address, protocol, ListenOptions.DEFAULTS);
    }

    /**
     * Opens a stream connection without blocking. The connection is returned at once: writes to it wait, and its
     * handler's first callback is {@code onOpen} when it is established, or {@code onClosed} with the cause when that
     * fails or takes longer than the timeout. Closing the connection cancels the attempt.
     *
     * <p>A name, which is an {@linkplain java.net.InetSocketAddress#createUnresolved unresolved} address, is looked up
     * beside the loop, by the JDK's resolver. Its addresses are tried as RFC 8305 says: IPv6 and IPv4 in turn,
     * beginning with the resolver's first. The next attempt begins when one has failed or 250 ms have passed. The first
     * that is established is the connection's {@link Connection#remote}, and the others are given up. For IPv6 first,
     * where the system prefers it, start the JVM with {@code -Djava.net.preferIPv6Addresses=system}.
     *
     * <p>The cause is a {@link java.net.UnknownHostException}; a {@link java.net.ConnectException} whose message says
     * which address failed how; or, when the time is over, a {@link java.net.SocketTimeoutException} whose message says
     * how far the attempt came. The failures of the single addresses are its suppressed exceptions.
     *
     * @param address an {@link java.net.InetSocketAddress}, resolved or not, or a {@link java.net.UnixDomainSocketAddress}
     */
    Connection connect(SocketAddress address, ConnectionHandler handler, ConnectOptions options);

    /** The same with {@link ConnectOptions#DEFAULTS}. */
    default Connection connect(SocketAddress address, ConnectionHandler handler) {
        return connect(address, handler, ConnectOptions.DEFAULTS);
    }

    /**
     * Receives datagrams on a UDP address.
     *
     * @throws java.net.BindException when the address is in use or not of this machine
     * @throws IOException when the system refuses it for another reason
     */
    DatagramPort bind(SocketAddress address, DatagramHandler handler) throws IOException;

    /**
     * Runs a task on the reactor's thread, from any thread. Tasks of one thread keep their order. A task posted by a
     * callback runs after the current callbacks. Its exceptions are logged.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the reactor is closed; a task that was not refused
     *     does run
     */
    @Override
    void execute(Runnable task);

    /**
     * The clock of this reactor's timers, from any thread: nanoseconds from an arbitrary origin, which never go back. Only
     * the difference of two values has a meaning. A protocol that measures time by it can be tested with a clock of the
     * test's own.
     */
    long nanoTime();

    /**
     * The value that is kept with this reactor under the key. The first call makes it. This way a protocol has, for
     * example, one pool for each reactor.
     *
     * <p>When the reactor closes, it closes all values that are {@link AutoCloseable}, on its thread, the last made
     * first. Its connections have ended then, and their handlers have been called.
     *
     * @param create called at most once for each key, unless it throws or the value was {@linkplain #removeLocal removed}
     * @throws IllegalStateException when the reactor is closed
     */
    <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create);

    /**
     * Removes the value under the key and does not close it. A bundle that stops removes its values from reactors that
     * continue; otherwise its classes stay loaded.
     *
     * @return the value that was kept, null when there was none
     */
    <T> @Nullable T removeLocal(Key<T> key);

    /**
     * Serves on the calling thread until nothing is registered and no task waits, or until it is stopped. It can be run
     * again.
     *
     * @return which of the two ended it; at once {@link RunResult#STOPPED} when it was stopped before
     * @throws IllegalStateException when it is running already, or closed
     */
    RunResult run();

    /**
     * Like {@link #run}, but continues when nothing is registered: for a reactor whose work comes by {@link #execute}.
     *
     * @throws IllegalStateException when it is running already, or closed
     */
    void runUntilStopped();

    /**
     * Ends {@link #run} and {@link #runUntilStopped} after the current callback, from any thread. Without a run, the
     * next run returns at once: a stop ends one run.
     */
    void stop();

    /** Whether the caller is the thread that runs this reactor; from any thread. */
    boolean inLoop();

    /** The name of the backend that polls now, {@code "none"} while there is none; from any thread. */
    String backend();

    /**
     * Ends the run after the current callback, runs the tasks that were accepted, aborts the connections (each
     * {@code onClosed} is called once), closes listeners and handles, and releases the backend. From any thread: it
     * returns when all this is done, except inside a callback of this reactor, where it is done when that callback has
     * returned. Closing twice does nothing.
     */
    @Override
    void close();
}
