package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.loop.Loop;

/**
 * Calls the handler of one stream, never one callback inside another. All writes of a callback are sent together when
 * it ends, and what follows from it is done then. For the loop's thread.
 */
final class HandlerCalls {

    private static final ConnectionHandler NOBODY = (connection, in) -> in.position(in.limit());

    private final Stream stream;

    /** Read by any thread, for people. */
    private ConnectionHandler handler = NOBODY;

    /** Whether the server wants the connection to end, which is reported when it is open. */
    private boolean shuttingDown;

    /** The way to the next version of the protocol, while that is away; null as a rule. */
    private @Nullable Way passing;

    HandlerCalls(Stream stream) {
        this.stream = stream;
    }

    /** The way of a connection to the next version of its protocol: {@code Passing}. */
    interface Way {

        /** Asks the handler whether it is time to pass. */
        void ask();

        /** Asks in a separate task, because a callback has ended. */
        void askLater();

        /** The present handler keeps the connection. */
        void end();

        /** Whether the handler gets no bytes meanwhile. */
        boolean isResting();
    }

    private interface Callback {
        void call(Connection connection);
    }

    // ---- the beginning

    /** A connect has led to a stream. */
    void opened() throws IOException {
        stream.opened();
        stream.touch();
        stream.output.flush();
        tell(handler::onOpen);
        tellShutdown();
    }

    /** An accepted connection gets its handler. */
    void open(Protocol protocol) {
        stream.opened();
        enter();
        try {
            handler = protocol.open(stream);
            if (stream.isOpen()) {
                handler.onOpen(stream);
            }
        } catch (Throwable fault) {
            stream.fail(fault);
        }
        leave();
        passOn();
        tellShutdown();
    }

    // ---- what happens

    /** Presents bytes; apart from the other callbacks because it allocates nothing. */
    void data(ByteBuffer in) {
        enter();
        try {
            handler.onData(stream, in);
        } catch (Throwable fault) {
            stream.fail(fault);
        }
        leave();
    }

    void inputClosed() {
        tell(handler::onInputClosed);
    }

    void drained() {
        if (stream.state() == Stream.State.OPEN) {
            tell(handler::onDrained);
        }
    }

    void idled() {
        boolean rests = passing != null && passing.isResting();
        if (stream.state() == Stream.State.OPEN && !rests) { // a connect and a handshake have their own timeouts
            tell(handler::onTimeout);
        }
    }

    /** The server wants the connection to end. */
    void shutdown() {
        if (!shuttingDown) {
            shuttingDown = true;
            if (passing != null) {
                passing.end();
            }
            tellShutdown();
        }
    }

    private void tellShutdown() {
        if (shuttingDown && stream.state() == Stream.State.OPEN) {
            tell(handler::onShutdown);
        }
    }

    private void tell(Callback callback) {
        enter();
        try {
            callback.call(stream);
        } catch (Throwable fault) {
            stream.fail(fault);
        }
        leave();
    }

    // ---- the next version

    /** The protocol was removed. */
    void leaveBy(Way way) {
        if (!shuttingDown) {
            passing = way;
            passOn();
        }
    }

    /** Asks whether it is time to pass, when there is a way. */
    void passOn() {
        if (passing != null) {
            passing.ask();
        }
    }

    void passing(@Nullable Way way) {
        passing = way;
    }

    @SuppressWarnings("ReferenceEquality") // a way is itself and no other
    boolean isPassing(Way way) {
        return passing == way;
    }

    /** Asks a handler or a protocol for something, as a callback. What it throws, the caller takes. */
    <T> T ask(Function<Connection, T> question) {
        enter();
        try {
            return question.apply(stream);
        } finally {
            settle();
        }
    }

    // ---- around each callback

    private void enter() {
        stream.loop.buffers().gatherer = stream;
    }

    private void leave() {
        settle();
        if (passing != null) {
            passing.askLater();
        }
    }

    private void settle() {
        Loop loop = stream.loop;
        loop.requireMine();
        try {
            if (stream.state() == Stream.State.CLOSED) {
                loop.buffers().gathered.clear();
            } else {
                stream.output.flushGathered();
            }
        } catch (Throwable fault) {
            stream.broken(fault);
        } finally {
            loop.buffers().gathered.clear();
            loop.buffers().gatherer = null;
        }
        loop.memory().settle();
        stream.advance();
    }

    // ---- whose turn it is

    ConnectionHandler handler() {
        return handler;
    }

    void handler(ConnectionHandler next) {
        handler = next;
    }

    /** Makes no more calls, and returns the last handler. */
    ConnectionHandler retire() {
        ConnectionHandler last = handler;
        handler = NOBODY;
        return last;
    }
}
