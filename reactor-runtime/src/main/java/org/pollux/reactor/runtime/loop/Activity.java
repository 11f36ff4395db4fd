package org.pollux.reactor.runtime.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The present work of a loop's thread: written by that thread around each callback, looked at by the watch for held-up
 * loops.
 *
 * <p>The writes are opaque, which costs what a plain store costs, and only the first callback of a turn reads the clock. The watch
 * finds out how long a callback lasts: the same number at two looks is the same callback.
 */
public final class Activity {

    private static final VarHandle CURRENT;
    private static final VarHandle COUNT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(Activity.class, "current", Object.class);
            COUNT = lookup.findVarHandle(Activity.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final WorkTime time;
    private @Nullable Object current;
    private long count;

    Activity(WorkTime time) {
        this.time = time;
    }

    /** A source, a timer or a task is about to be called. */
    void begin(Object what) {
        time.work();
        COUNT.setOpaque(this, count + 1);
        CURRENT.setOpaque(this, what);
    }

    /** It turns out whose callback it is. */
    public void narrow(Object what) {
        CURRENT.setOpaque(this, what);
    }

    void end() {
        CURRENT.setOpaque(this, null);
    }

    /** Of callbacks so far; from any thread. */
    public long count() {
        return (long) COUNT.getOpaque(this);
    }

    /** The present callee; from any thread. */
    @Nullable
    public Object current() {
        return CURRENT.getOpaque(this);
    }
}
