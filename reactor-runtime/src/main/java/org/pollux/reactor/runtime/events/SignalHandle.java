package org.pollux.reactor.runtime.events;

import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Pending;

/** A signal to the process. */
public final class SignalHandle extends LoopHandle implements Pending {

    private final String name;
    private final EventHandler handler;
    private final Runnable listener = this::post;

    /** Begins to listen for the signal, on the loop's thread. */
    public static SignalHandle of(Loop loop, String name, EventHandler handler) {
        loop.requireOpen();
        return new SignalHandle(loop, name, handler);
    }

    private SignalHandle(Loop loop, String name, EventHandler handler) {
        super(loop);
        this.handler = handler;
        this.name = name;
        Signals.add(name, listener);
        loop.pending().add(this);
    }

    /** On a thread of the JVM. */
    private void post() {
        loop.deferAndWake(() -> happen(Interest.NONE));
    }

    @Override
    void call(Interest none) throws Exception {
        handler.onEvent(this);
    }

    @Override
    Object handler() {
        return handler;
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
        return "Handle of SIG" + name;
    }
}
