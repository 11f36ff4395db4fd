package org.pollux.reactor;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One event loop: it holds registered events and connections, and calls their callbacks.
 *
 * <p><b>Thread.</b> {@link #execute}, {@link #stop}, {@link #close}, {@link #inLoop} and {@link #backend} may be called
 * from any thread. Everything else belongs to the thread inside {@link #run}, or, while nobody runs the reactor, to the
 * one thread that has it in hand; a call from elsewhere is refused with {@link IllegalStateException}.
 *
 * <p><b>Order.</b> A turn runs the tasks that were posted before it, then the timers that are due, by deadline and
 * among equals by age, then waits for the channels and serves those that are ready, each once. So nothing that is always
 * ready starves the rest.
 *
 * <p><b>Faults.</b> What a callback throws ends what it was called for (the event, the connection) and is logged; the
 * reactor goes on.
 */
@ProviderType
public interface Reactor extends Executor, AutoCloseable {

    /**
     * Calls the handler whenever the channel is ready, until the event is closed. Level-triggered: what is left undone
     * is reported again.
     *
     * @param channel open, non-blocking, and not watched by this reactor already; closing it remains the caller's duty,
     *     after the event's
     * @throws IllegalArgumentException when the channel is blocking, closed or cannot be watched, with the reason
     * @throws IllegalStateException when this reactor watches the channel already, or is closed
     */
    Event watch(SelectableChannel channel, Interest interest, EventHandler handler);

    /**
     * Calls the handler once, not before the delay has passed; a zero delay means after the current callbacks.
     *
     * @throws IllegalArgumentException when the delay is negative
     */
    Event after(Duration delay, EventHandler handler);

    /**
     * Calls the handler periodically, counted from now without drift. Periods that a stall swallowed are skipped, not
     * made up for.
     *
     * @throws IllegalArgumentException when the period is not positive
     */
    Event every(Duration period, EventHandler handler);

    /**
     * Calls the handler on this reactor when the process gets the signal. Every reactor that asks gets it; the JVM's
     * own reaction comes back when the last event for the signal is closed. HUP, INT and TERM that the process was started to
     * ignore, as {@code nohup} does, stay ignored.
     *
     * @param name as the JDK knows it, without "SIG": {@code "TERM"}, {@code "INT"}, {@code "HUP"}
     * @throws IllegalArgumentException when the platform has no such signal or the JVM keeps it for itself
     */
    Event onSignal(String name, EventHandler handler);

    /**
     * Accepts stream connections, each handled by what {@link Protocol#open} returns for it.
     *
     * @param address an {@link java.net.InetSocketAddress} (port 0: any free one) or a
     *     {@link java.net.UnixDomainSocketAddress}
     * @throws java.net.BindException when the address is in use or not of this machine
     */
    Listener listen(SocketAddress address, Protocol protocol) throws IOException;

    /**
     * Opens a stream connection without blocking. The connection is returned at once: what is written to it waits, and
     * its handler hears {@code onOpen} when it is established, or {@code onClosed} with the reason when that fails or
     * takes longer than the timeout. Closing it cancels what is under way.
     *
     * <p>A name, which is an {@linkplain java.net.InetSocketAddress#createUnresolved unresolved} address, is looked up
     * beside the loop, by the JDK's resolver. Its addresses are tried as RFC 8305 says: IPv6 and IPv4 in turn, beginning
     * with the resolver's first, another one whenever one has failed or 250 ms have passed. The first that is established
     * is the connection's {@link Connection#remote}, and the others are given up. For IPv6 first, where the system prefers
     * it, start the JVM with {@code -Djava.net.preferIPv6Addresses=system}.
     *
     * <p>The reason is a {@link java.net.UnknownHostException}; a {@link java.net.ConnectException} whose message says
     * which address failed how; or, when the time is over, a {@link java.net.SocketTimeoutException} which says how far
     * it came. What each address failed with is suppressed in it.
     *
     * @param address an {@link java.net.InetSocketAddress}, resolved or not, or a {@link java.net.UnixDomainSocketAddress}
     * @param timeout for the look-up and all attempts together; {@link Duration#ZERO} leaves it to the system
     * @throws IllegalArgumentException when the timeout is negative
     */
    Connection connect(SocketAddress address, Protocol protocol, Duration timeout);

    /**
     * Receives datagrams on a UDP address.
     *
     * @throws java.net.BindException when the address is in use or not of this machine
     */
    DatagramPort bind(SocketAddress address, DatagramProtocol protocol) throws IOException;

    /**
     * Runs a task on the reactor's thread, from any thread. Tasks of one thread keep their order. A task posted by a
     * callback runs after the current callbacks.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the reactor is closed; a task that was not refused
     *     does run
     */
    @Override
    void execute(Runnable task);

    /**
     * Serves events on the calling thread until nothing is registered and no task waits, or until it is stopped. It can
     * be run again.
     *
     * @return which of the two ended it; at once {@link RunResult#STOPPED} when it was stopped before
     * @throws IllegalStateException when it is running already, or closed
     */
    RunResult run();

    /**
     * Ends {@link #run} after the current callback, from any thread. Without a run, the next one returns at once: a
     * stop is used up by the run that it ends.
     */
    void stop();

    /** Whether the caller is the thread that runs this reactor; from any thread. */
    boolean inLoop();

    /** The name of the backend that polls now, {@code "none"} while there is none; from any thread. */
    String backend();

    /**
     * Ends the run after the current callback, runs the tasks that were accepted, aborts the connections (each hears of
     * it once), closes listeners and events, and gives the backend back. From any thread: it returns when all this is
     * done, except inside a callback of this reactor, where it is done when that callback has returned. Closing twice
     * is harmless.
     */
    @Override
    void close();
}
