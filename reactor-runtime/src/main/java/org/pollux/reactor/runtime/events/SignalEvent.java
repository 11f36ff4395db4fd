package org.pollux.reactor.runtime.events;

import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Pending;

/** An event of a signal to the process. */
public final class SignalEvent extends LoopEvent implements Pending {

    private final String name;
    private final Runnable listener = this::post;

    /** Begins to listen for the signal, on the loop's thread. */
    public static SignalEvent of(Loop loop, String name, EventHandler handler) {
        loop.requireOpen();
        return new SignalEvent(loop, name, handler);
    }

    private SignalEvent(Loop loop, String name, EventHandler handler) {
        super(loop, handler);
        this.name = name;
        Signals.add(name, listener);
        loop.pending().add(this);
    }

    /** On a thread of the JVM. */
    private void post() {
        loop.deferAndWake(() -> happen(Interest.NONE));
    }

    @Override
    void unregister() {
        Signals.remove(name, listener);
        loop.pending().remove(this);
    }

    @Override
    public void drop() {
        close();
    }

    @Override
    public String toString() {
        return "Event of SIG" + name;
    }
}
