package org.pollux.reactor.runtime.net;

import static java.util.Objects.requireNonNull;

import org.pollux.reactor.ConnectionAdoptedException;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Snapshot;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.NextVersion.Present;
import org.pollux.reactor.runtime.net.StreamInput.Pause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on its way from a protocol that was removed to the next version. It keeps its handler until the other one has adopted
 * it.
 *
 * <pre>
 *             none                                        refused
 *   asked ───────────────▶ told to shut down ◀──────────────────────────────┐
 *    ▲ │                          ▲                                          │
 *    │ └──▶ serving (later) ──────┤ the time is over       the version is    │
 *    │         ▲ │                │                        there             │
 *    └─────────┼─┴──▶ resting (a state) ────────────────────────────────▶ adopt ──▶ adopted
 *     after a callback, or a look at all connections
 * </pre>
 *
 * <p>Exists while the protocol is away. For the loop's thread.
 */
final class Passing implements HandlerCalls.Way {

    private static final Logger LOG = LoggerFactory.getLogger(Passing.class);

    private final StreamConnection stream;
    private final Loop loop;
    private final HandlerCalls calls;
    private final NextVersion next;
    private boolean waits;
    private boolean asksLater;

    Passing(StreamConnection stream, NextVersion next) {
        this.stream = stream;
        this.loop = stream.loop;
        this.calls = stream.calls;
        this.next = next;
    }

    /** A callback may have ended a message. */
    @Override
    public void askLater() {
        if (!asksLater) {
            asksLater = true;
            loop.defer(() -> {
                asksLater = false;
                ask();
            });
        }
    }

    @Override
    public void ask() {
        if (!calls.isPassing(this) || stream.state() != Stream.State.OPEN) {
            return; // a handshake asks when it is done
        }
        Snapshot snapshot = stream.output.isSendingFile() ? Snapshot.later() : snapshot();
        Present present = next.present();
        if (snapshot.hasState() && present != null) {
            adopt(snapshot, present);
        } else if (snapshot.hasState() || snapshot.isLater()) {
            await(snapshot.hasState());
        } else {
            stream.shutdown();
        }
    }

    private Snapshot snapshot() {
        ConnectionHandler asked = calls.handler();
        try {
            return requireNonNull(calls.ask(asked::snapshot), "snapshot returned null");
        } catch (Throwable fault) {
            loop.requireNotLost();
            refused(asked.getClass().getName() + " gives no state: " + fault, fault);
            return Snapshot.none();
        }
    }

    private void await(boolean rests) {
        if (!waits && next.isOver()) {
            stream.shutdown(); // it was opened too late for that
            return;
        }
        if (!waits) {
            waits = true;
            stream.moveTo(next.waiting());
        }
        if (rests) {
            stream.pauseReading(Pause.VERSION);
        } else {
            stream.resumeReading(Pause.VERSION);
        }
    }

    private void adopt(Snapshot snapshot, Present present) {
        ConnectionHandler before = calls.handler();
        Attributes attributes = stream.keepAttributes(Attributes::ofRuntime);
        ConnectionHandler after;
        try {
            after = requireNonNull(
                    calls.ask(connection -> present.protocol().adopt(connection, snapshot.state())),
                    "adopt returned null");
        } catch (Throwable fault) {
            loop.requireNotLost();
            stream.keepAttributes(_ -> attributes);
            refused(reason(fault), fault);
            stream.shutdown();
            return;
        }
        calls.handler(after);
        end();
        stream.moveTo(present.group());
        next.adopted();
        tellAdopted(before, present);
        stream.input.handlerChanged();
        stream.advance();
    }

    private static String reason(Throwable fault) {
        String message = fault.getMessage();
        return fault instanceof RuntimeException && message != null ? message : fault.toString();
    }

    private void refused(String why, Throwable fault) {
        if (next.problem().isEmpty()) {
            LOG.warn("{} cannot pass to the next version of its protocol, and drains: {}", stream, why, fault);
        }
        next.problem(why);
    }

    private void tellAdopted(ConnectionHandler before, Present present) {
        try {
            before.onClosed(
                    stream,
                    new ConnectionAdoptedException(
                            "Adopted by the next version at " + present.group().name()));
        } catch (Throwable fault) {
            LOG.error("The handler that {} had before failed in onClosed", stream, fault);
        }
        loop.requireMine();
    }

    @Override
    public void end() {
        calls.passing(null);
        stream.resumeReading(Pause.VERSION);
    }

    @Override
    public boolean isResting() {
        return stream.input.isPaused(Pause.VERSION);
    }
}
