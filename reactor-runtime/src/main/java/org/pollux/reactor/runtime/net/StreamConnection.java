package org.pollux.reactor.runtime.net;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.WorkReport;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.StreamInput.Pause;
import org.pollux.reactor.tls.TlsInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream as its handler, and the server, see it: what may be called from any thread. A call from another thread becomes a task
 * of the loop.
 */
public final class StreamConnection extends Stream {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);
    private static final AtomicReferenceFieldUpdater<StreamConnection, @Nullable Attributes> ATTRIBUTES =
            AtomicReferenceFieldUpdater.newUpdater(StreamConnection.class, Attributes.class, "attributes");

    private volatile @Nullable Attributes attributes;

    StreamConnection(Loop loop, ConnectionTally group, State state, SocketAddress local, SocketAddress remote) {
        super(loop, group, state, local, remote);
    }

    /** Runs here when this is the loop's thread, otherwise there; dropped when the loop is closed. */
    private void onLoop(Runnable action) {
        if (loop.inLoop()) {
            action.run();
        } else {
            try {
                loop.execute(action);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} has ended with its loop", this, e);
            }
        }
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
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public Optional<TlsInfo> tls() {
        return Optional.ofNullable(attribute(Stages.TLS));
    }

    @Override
    public Optional<ProxyInfo> proxy() {
        return Optional.ofNullable(attribute(Stages.PROXY));
    }

    /** Calls with each of its stages, the top one first; on the loop's thread. */
    public void stages(Consumer<Stage> action) {
        forEachStage(action);
    }

    // ---- the handler, and what is kept

    @Override
    public Connection handler(ConnectionHandler next) {
        requireNonNull(next);
        onLoop(() -> {
            if (isOpen()) {
                calls.handler(next);
                input.handlerChanged();
            }
        });
        return this;
    }

    @Override
    public <T> @Nullable T attribute(Key<T> key) {
        return Attributes.get(attributes, key);
    }

    @Override
    public <T> Connection attribute(Key<T> key, @Nullable T value) {
        Attributes before;
        do {
            before = attributes;
        } while (!ATTRIBUTES.compareAndSet(this, before, Attributes.with(before, key, value)));
        return this;
    }

    /** Keeps what becomes of the attributes, and returns those before. On the loop's thread. */
    @Nullable
    Attributes keepAttributes(UnaryOperator<@Nullable Attributes> change) {
        return ATTRIBUTES.getAndUpdate(this, change);
    }

    // ---- writing

    @Override
    public boolean write(ByteBuffer data) {
        return loop.inLoop() ? writeInLoop(data) : output.post(data);
    }

    private boolean writeInLoop(ByteBuffer data) {
        boolean share = output.spend(data.remaining());
        try {
            boolean below = output.write(data);
            advance();
            return below && share;
        } catch (Throwable fault) {
            data.position(data.limit());
            broken(fault);
            return false;
        }
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        loop.requireOwner();
        FilePart part = new FilePart(file, from, count);
        boolean share = output.spend(Math.min(count, FilePart.SHARE));
        try {
            boolean sent = output.transfer(part);
            advance();
            return sent && share;
        } catch (Throwable fault) { // the file's too
            broken(fault);
            return false;
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

    // ---- reading

    @Override
    public void pauseReading() {
        onLoop(() -> pauseReading(Pause.HANDLER));
    }

    @Override
    public void resumeReading() {
        onLoop(() -> resumeReading(Pause.HANDLER));
    }

    @Override
    public boolean isReadingPaused() {
        return input.isPaused(Pause.HANDLER);
    }

    // ---- time and ends

    @Override
    public Connection idleTimeout(Duration duration) {
        long nanos = Durations.nanos(duration);
        onLoop(() -> idleAfter(nanos));
        return this;
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

    /** The server wants the connection to end; on the loop's thread. */
    public void shutdown() {
        shutdownInLoop();
    }

    /** Its protocol was removed, and the next version may adopt it; on the loop's thread. */
    public void leaveTo(NextVersion next) {
        calls.leaveBy(new Passing(this, next));
    }

    /**
     * Belongs to this service of its endpoint from now on; on its loop, before it has a handler.
     *
     * @param stays whether it does not leave with the service before, when that has left
     */
    public void goOverTo(ConnectionTally next, boolean stays) {
        if (belongsTo(next)) {
            return;
        }
        moveTo(next);
        if (stays) {
            calls.passing(null);
        }
    }

    /** Asks whether it can pass to the next version now, if it waits for one; on the loop's thread. */
    public void passOn() {
        calls.passOn();
    }

    // ---- memory

    @Override
    public boolean charge(long bytes) {
        holding().charge(bytes);
        return !loop.memory().budget().isExhausted();
    }

    // ---- for people

    /** Whose it is; empty for one that a handler opened. */
    public String owner() {
        return group.name();
    }

    /** Whether its handler is not called yet. */
    public boolean isOpening() {
        return isBeingEstablished();
    }

    /** Whether it is one of those that drain together. */
    public boolean belongsTo(ConnectionTally other) {
        return group == other;
    }

    /** Whose it is, and what its handler says that it does; from any thread. */
    @Override
    public String work() {
        ConnectionHandler serving = calls.handler();
        String from = group.name().isEmpty() ? "" : " of " + group.name();
        String work = serving instanceof WorkReport report ? " for " + report.work() : "";
        return "connection " + remote + from + " (" + serving.getClass().getName() + ")" + work;
    }
}
