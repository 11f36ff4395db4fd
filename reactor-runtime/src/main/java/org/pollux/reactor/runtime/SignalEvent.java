package org.pollux.reactor.runtime;

import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;

/** An event of a signal to the process. */
final class SignalEvent extends LoopEvent {

    private final String name;
    private final Runnable listener = this::post;

    SignalEvent(EventLoop loop, String name, EventHandler handler) {
        super(loop, handler);
        this.name = name;
        Signals.add(name, listener);
        loop.signals().add(this);
    }

    /** On a thread of the JVM. */
    private void post() {
        loop.deferAndWake(() -> happen(Interest.NONE));
    }

    @Override
    void unregister() {
        Signals.remove(name, listener);
        loop.signals().remove(this);
    }

    @Override
    public String toString() {
        return "Event of SIG" + name;
    }
}
