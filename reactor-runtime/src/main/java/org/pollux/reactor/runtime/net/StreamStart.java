package org.pollux.reactor.runtime.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.loop.Counters;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Timer;
import org.pollux.reactor.runtime.net.Stream.State;
import org.pollux.reactor.runtime.recording.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection begins: by an accepted socket or by a connect, with the handshake of its stages. Exists until the connection is
 * open; one that is accepted without stages is open at once, and has none. For the loop's thread.
 */
public final class StreamStart implements Stream.Beginning {

    private static final Logger LOG = LoggerFactory.getLogger(StreamStart.class);

    private final Stream stream;
    private final List<StageFactory> factories;

    /** The protocol of an accepted connection; null for a connect, which has its handler. */
    private final @Nullable Protocol protocol;

    /** The way to the channel; null from then on. */
    private @Nullable Dial dial;

    private @Nullable Timer deadline;

    /** Null before the handshake, and when no recording wants it. */
    private @Nullable Handshake recorded;

    private StreamStart(Stream stream, List<StageFactory> factories, @Nullable Protocol protocol) {
        this.stream = stream;
        this.factories = factories;
        this.protocol = protocol;
    }

    /**
     * Listens: every connection that comes stays on the loop.
     *
     * @param stages of each connection, the lowest first
     */
    public static Listener listen(
            Loop loop,
            SocketAddress address,
            Protocol protocol,
            ListenOptions options,
            ConnectionTally group,
            List<StageFactory> stages)
            throws IOException {
        loop.requireOpen();
        return Acceptor.open(loop, address, options, channel -> accepted(loop, channel, protocol, group, stages));
    }

    /**
     * Takes over an accepted channel. The channel is closed when that fails.
     *
     * @param protocol opens the connection when the handshake of the stages is done, and at once when there are none
     * @param stages of the connection, the lowest first
     */
    public static void accepted(
            Loop loop, SocketChannel channel, Protocol protocol, ConnectionTally group, List<StageFactory> stages)
            throws IOException {
        StreamConnection connection;
        try {
            channel.configureBlocking(false);
            connection = new StreamConnection(
                    loop, group, State.OPEN, channel.getLocalAddress(), channel.getRemoteAddress());
            connection.channel(channel);
            loop.sources().add(loop.poller(), connection, Interest.READ);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        connection.begin();
        if (stages.isEmpty()) {
            connection.calls.open(protocol);
        } else {
            new StreamStart(connection, stages, protocol).handshake();
        }
    }

    /**
     * Begins to connect. The handler is called when the handshake of the stages is done.
     *
     * @param stages of the connection, the lowest first
     */
    public static Connection connect(
            Loop loop,
            SocketAddress address,
            ConnectionHandler handler,
            ConnectOptions options,
            ConnectionTally group,
            Resolver resolver,
            List<StageFactory> stages) {
        loop.requireOpen();
        StreamConnection connection = new StreamConnection(loop, group, State.CONNECTING, unbound(address), address);
        connection.calls.handler(handler);
        connection.begin();
        StreamStart start = new StreamStart(connection, stages, null);
        Dial dial = new Dial(loop, start, address, options, resolver);
        start.dial = dial;
        connection.beginning(start);
        dial.start();
        return connection;
    }

    private static SocketAddress unbound(SocketAddress peer) {
        return peer instanceof UnixDomainSocketAddress ? UnixDomainSocketAddress.of("") : new InetSocketAddress(0);
    }

    // ---- dialling

    /** One of the attempts was the first. */
    void established(ConnectAttempt winner) {
        dial = null;
        try {
            stream.channel(winner.channel());
            winner.bequeath(stream);
            stream.local = winner.channel().getLocalAddress();
            stream.remote = winner.address();
            stream.loop.memory().budget().kernel().apply(winner.channel());
            if (factories.isEmpty()) {
                stream.calls.opened();
            } else {
                handshake();
            }
        } catch (Throwable fault) {
            stream.broken(fault);
        }
    }

    /** No attempt has led to a socket. */
    void lost(IOException cause) {
        stream.lost(cause);
    }

    /** The loop is closed. */
    void drop() {
        stream.drop();
    }

    // ---- the handshake

    private void handshake() {
        stream.state(State.HANDSHAKING);
        recorded = Handshake.begun();
        stream.beginning(this);
        try {
            stream.stages(Stages.of(stream, factories));
            Duration timeout = longestTimeout();
            deadline = Timer.of(() -> timedOut(timeout));
            stream.loop.timers().start(deadline, stream.loop.now() + Durations.nanos(timeout));
        } catch (Throwable fault) {
            count(fault);
            stream.broken(fault);
        }
        stream.proceed();
    }

    @Override
    public void shake() throws IOException {
        boolean done;
        try {
            done = goOn(stream.transport(), stream.output);
            if (!done) {
                requireInput(stream.transport());
            }
        } catch (IOException e) {
            failed(e);
            return;
        } catch (RuntimeException | Error fault) { // of a stage
            count(fault);
            throw fault;
        }
        if (done) {
            cancelDeadline();
            stream.traffic.handshakeDone();
            record(null);
            if (protocol == null) {
                stream.calls.opened();
            } else {
                stream.calls.open(protocol);
            }
        }
    }

    /** A stage that waits for its bytes to be sent is asked again when they are: nothing else may happen any more. */
    private static boolean goOn(Transport transport, StreamOutput output) throws IOException {
        while (true) {
            output.flushKept();
            boolean done = transport.handshake();
            boolean keeps = transport.kept() > 0;
            output.flushKept();
            if (done || !keeps || output.isKept()) {
                return done;
            }
        }
    }

    /** A handshake that wants to read, and has all that will ever come, would be asked in vain until its time is over. */
    private void requireInput(Transport transport) throws IOException {
        if (stream.isReadToEnd()
                && !transport.hasMore()
                && transport.wants(Interest.READ).reads()) {
            throw new EOFException("The peer has ended before the " + name() + " handshake was done");
        }
    }

    /** Sends what the stages still have to say, such as TLS's alert; then the bytes are the socket's own again. */
    private void failed(IOException cause) {
        count(cause);
        LOG.debug("The {} handshake of {} failed", name(), stream, cause);
        try {
            stream.output.flushKept();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        cancelDeadline();
        stream.ending().refuse(cause);
    }

    private void timedOut(Duration timeout) {
        SocketTimeoutException cause = new SocketTimeoutException("The " + name() + " handshake with " + stream.remote
                + " was not done within " + Durations.text(timeout));
        count(cause);
        stream.resetOnClose();
        stream.ending().handshakeTimedOut(cause);
    }

    /**
     * Counts the failure of an accepted connection for the status. The log names some of them. A connect tells its handler the
     * cause.
     */
    private void count(Throwable cause) {
        Loop loop = stream.loop;
        loop.requireNotLost();
        record(cause);
        if (protocol == null) {
            return;
        }
        stream.traffic.handshakeFailed();
        Counters counters = loop.counters();
        if (counters.handshakeFailed(loop.now())) {
            LOG.warn(
                    "The {} handshake with {} failed: {}. Failures on this loop so far: {}. The log names one in a minute at"
                            + " most; the status counts all",
                    name(),
                    stream.remote,
                    cause.toString(),
                    counters.handshakesFailed());
        }
    }

    private void record(@Nullable Throwable cause) {
        if (recorded != null) {
            recorded.over(stream.id(), name(), stream.remote, cause);
            recorded = null;
        }
    }

    private Duration longestTimeout() {
        return factories.stream()
                .map(StageFactory::handshakeTimeout)
                .max(Duration::compareTo)
                .orElse(StageFactory.HANDSHAKE_TIMEOUT);
    }

    private String name() {
        return factories.stream().map(StageFactory::name).collect(Collectors.joining(" and "));
    }

    @Override
    public void end() {
        cancelDeadline();
        if (dial != null) {
            dial.end();
            dial = null;
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            stream.loop.timers().cancel(deadline);
            deadline = null;
        }
    }
}
