package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    HandlerCalls(Stream stream) {
        this.stream = stream;
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
        if (stream.state() == Stream.State.OPEN) { // a connect and a handshake have their own timeouts
            tell(handler::onTimeout);
        }
    }

    /** The server wants the connection to end. */
    void shutdown() {
        if (!shuttingDown) {
            shuttingDown = true;
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

    private void enter() {
        stream.loop.buffers().gatherer = stream;
    }

    private void leave() {
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
