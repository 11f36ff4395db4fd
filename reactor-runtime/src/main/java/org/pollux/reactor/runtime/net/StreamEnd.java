package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.ConnectionShedException;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.Sizes;
import org.pollux.reactor.runtime.loop.Timer;
import org.pollux.reactor.runtime.net.Stream.State;
import org.pollux.reactor.runtime.recording.ConnectionClosed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a connection: its cause, its deadline, and the report to the handler. Exists from the moment when the end
 * begins, so that an idle connection does not pay for it. For the loop's thread.
 */
final class StreamEnd {

    /** How long a closing connection may continue without sending a byte, and then wait for the peer's FIN. */
    static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);

    static final Duration LINGER_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StreamEnd.class);

    private final Stream stream;
    private final Loop loop;
    private @Nullable Timer deadline;

    /** Whether CLOSING lasts until the peer's FIN. */
    private boolean lingers = true;

    /** The failure before CLOSING was entered; null when there was none. */
    private @Nullable Throwable failure;

    /** Which side was the first to end, when both do. */
    private EndCause first = EndCause.SERVER;

    /** Whether its group counts it no longer. */
    private boolean left;

    /** Whose callback did not return when the loop got another thread; null when all did. */
    private @Nullable ConnectionHandler unheard;

    StreamEnd(Stream stream) {
        this.stream = stream;
        this.loop = stream.loop;
    }

    // ---- CLOSING

    /** Sends what waits, and the FIN. */
    void begin(boolean linger) {
        stream.state(State.CLOSING);
        lingers = linger;
        if (stream.input.isEnded() && failure == null) {
            first = EndCause.CLIENT;
        }
        if (stream.output.pending() > 0) {
            stream.joinEnd();
        }
        stream.output.finish();
        stream.cancelIdle();
        if (stream.output.isFinished()) {
            awaitPeer();
        }
        stream.advance();
    }

    /** The handshake has failed: sends the FIN alone, and the peer has time to read why. */
    void refuse(Throwable cause) {
        failure = cause;
        first = EndCause.HANDSHAKE;
        stream.freeStages();
        stream.output.clear();
        begin(true);
    }

    /** Goes on when something was sent, or the peer's FIN has come; whether the connection has ended by that. */
    boolean advance(boolean wasFinished) {
        boolean finished = stream.output.isFinished();
        if (finished && (!lingers || stream.input.isEnded())) {
            close();
            return true;
        }
        if (stream.state() == State.CLOSING) {
            if (!finished) {
                awaitFlush();
            } else if (!wasFinished) {
                awaitPeer();
            }
        }
        return false;
    }

    /** Whether the channel is closed as soon as all is sent. */
    boolean hurries() {
        return !lingers;
    }

    private void awaitFlush() {
        if (deadline == null) {
            startDeadline(FLUSH_TIMEOUT, this::flushTimedOut);
        }
    }

    private void awaitPeer() {
        startDeadline(LINGER_TIMEOUT, this::close);
    }

    /** A byte was sent: there is more time for the rest. */
    void sent() {
        if (deadline != null) {
            loop.timers().start(deadline, loop.now() + FLUSH_TIMEOUT.toNanos());
        }
    }

    private void flushTimedOut() {
        long waiting = stream.output.pending();
        stream.resetOnClose();
        close(
                EndCause.TIMEOUT,
                new SocketTimeoutException("The peer did not take the last " + waiting + " bytes within "
                        + Durations.text(FLUSH_TIMEOUT)));
    }

    private void startDeadline(Duration time, Runnable action) {
        cancelDeadline();
        deadline = Timer.of(action);
        loop.timers().start(deadline, loop.now() + time.toNanos());
    }

    private void cancelDeadline() {
        if (deadline != null) {
            loop.timers().cancel(deadline);
            deadline = null;
        }
    }

    // ---- to CLOSED

    /** The stream is broken. */
    void lost(Throwable cause) {
        LOG.debug("{} is lost", stream, cause);
        close(EndCause.LOST, cause);
    }

    void handshakeTimedOut(Throwable cause) {
        LOG.debug("{} is lost", stream, cause);
        close(EndCause.HANDSHAKE, cause);
    }

    /** The handler is broken. */
    void fail(Throwable fault) {
        LOG.error("The handler of {} failed; only this connection is aborted", stream, fault);
        abort(EndCause.FAULT, fault);
    }

    /** The bytes cannot be moved any more: a stage, the backend, or a file that is sent has failed. */
    void broken(Throwable fault) {
        LOG.error("The bytes of {} cannot be moved; only this connection is aborted", stream, fault);
        abort(EndCause.FAULT, fault);
    }

    /** The server's memory is used up, and this one is slower or larger than the others. */
    void shed(long bytes, boolean slowReader) {
        MemoryBudget budget = loop.memory().budget();
        budget.shed(slowReader);
        abort(
                EndCause.MEMORY,
                new ConnectionShedException("The connections of " + budget.owner() + " hold "
                        + Sizes.text(budget.used()) + " of the " + Sizes.text(budget.limit())
                        + " of memory that they may. This one was shed because its peer "
                        + (slowReader ? "takes what is sent" : "sends") + " too slowly: it held " + Sizes.text(bytes)
                        + ". See memory of pollux.runtime"));
    }

    /** The peer of a TCP connection sees a reset. */
    void abort() {
        abort(EndCause.ABORTED, null);
    }

    private void abort(EndCause how, @Nullable Throwable cause) {
        stream.resetOnClose();
        close(how, cause);
    }

    /** Both sides have ended, or need not. */
    void close() {
        close(first, null);
    }

    private void close(EndCause how, @Nullable Throwable cause) {
        if (stream.release()) {
            cancelDeadline();
            count(how);
            Throwable told = failure == null ? cause : failure;
            loop.defer(() -> closed(told));
        }
    }

    private void count(EndCause how) {
        stream.traffic.closed(how);
        if (ConnectionClosed.isWanted()) {
            ConnectionClosed.record(
                    stream.id(),
                    stream.remote,
                    how.text(),
                    loop.now() - stream.began(),
                    stream.bytesRead(),
                    stream.bytesWritten());
        }
    }

    private void closed(@Nullable Throwable cause) {
        ConnectionHandler told = stream.calls.retire();
        loop.activity().narrow(stream);
        tell(told, cause);
        loop.requireMine();
        leaveGroup();
    }

    private void tell(ConnectionHandler told, @Nullable Throwable cause) {
        try {
            told.onClosed(stream, cause);
        } catch (Throwable fault) {
            LOG.error("The handler of {} failed in onClosed", stream, fault);
        }
    }

    private void leaveGroup() {
        if (!left) {
            left = true;
            stream.group.connectionClosed(stream.peer());
        }
    }

    // ---- a callback that does not return

    /** Its handler is called only when it has returned. For the loop's next thread. */
    void giveUp() {
        ConnectionHandler stuck = stream.calls.retire();
        stream.resetOnClose();
        if (stream.release()) {
            cancelDeadline();
            count(EndCause.FAULT);
            unheard = stuck;
        }
        leaveGroup();
    }

    /** The callback has returned after all. */
    void tellGivenUp() {
        ConnectionHandler told = unheard;
        unheard = null;
        if (told != null) {
            tell(told, new IOException("Given up: its handler did not return, and its loop continued"));
        }
        loop.requireMine();
    }
}
