package org.pollux.reactor.runtime.events;

import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common part of all handles: the guarded callback and the close. */
abstract class LoopHandle implements Handle, Callee {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    final Loop loop;
    private boolean once;
    private boolean closed;

    LoopHandle(Loop loop) {
        this.loop = loop;
    }

    /** Calls back; an exception closes the handle. */
    final void happen(Interest ready) {
        if (closed) {
            return;
        }
        if (once) {
            close();
        }
        loop.activity().narrow(this);
        try {
            call(ready);
        } catch (Throwable fault) {
            loop.requireMine();
            LOG.error("The handler of {} failed; it is closed, the reactor continues", this, fault);
            close();
        }
        loop.requireMine();
    }

    /** Calls the handler, and does nothing else. {@code server.loops.Callbacks} knows the name of this method. */
    abstract void call(Interest ready) throws Exception;

    /** The callback's name, for messages. From any thread. */
    abstract Object handler();

    /** Removes the handle from the loop. Called once. */
    abstract void unregister();

    /** The next callback is the last. */
    final void closeBeforeNext() {
        once = true;
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        loop.requireOwner();
    }

    @Override
    public final boolean giveUp() {
        close();
        return false;
    }

    @Override
    public final String work() {
        return this + " (" + handler().getClass().getName() + ")";
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        if (!closed) {
            loop.requireOwner();
            closed = true;
            unregister();
        }
    }
}
