package org.pollux.reactor.runtime.loop;

import org.pollux.reactor.Interest;

/** A channel of a loop, which is called on the loop's thread when it is ready. */
public abstract class Watched extends Registered {

    public final Loop loop;

    /** When something happened here last, by the loop's clock; kept while an {@link IdleTimer} looks at it. */
    public long lastActivity;

    public Watched(Loop loop) {
        this.loop = loop;
    }

    @Override
    public final void onReady(Interest ready) {
        if (!loop.isStopping()) { // level-triggered: what is passed over now is reported to the next run
            Interest due = ready;
            if (ready.writes() && registration instanceof HandedOver earlier) {
                due = earlier.sendFirst(ready);
            }
            loop.activity().begin(this);
            ready(due);
            loop.activity().end();
        }
    }

    /** The channel is ready for some of its interest. Must not throw. */
    protected abstract void ready(Interest ready);
}
