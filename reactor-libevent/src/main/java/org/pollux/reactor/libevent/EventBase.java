package org.pollux.reactor.libevent;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.Pipe;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.base.Errno;
import org.pollux.reactor.spi.base.StreamBytes;

/** Everything that a poller holds outside the heap: an {@code event_base}, its alarm, the memory for moving bytes. */
final class EventBase implements Closeable {

    /** Twice this number of descriptors must be free when a base is made, because a pipe has two. The base takes four. */
    private static final int SPARE_PIPES = 16;

    private final Arena arena;
    private final NativeCalls calls;
    private final long base;
    private final long callback;
    private final Alarm alarm;
    private final StreamBytes bytes;

    private EventBase(Arena arena, NativeCalls calls, long base, long callback, Alarm alarm, StreamBytes bytes) {
        this.arena = arena;
        this.calls = calls;
        this.base = base;
        this.callback = callback;
        this.alarm = alarm;
        this.bytes = bytes;
    }

    /**
     * Makes a base whose events all call this callback.
     *
     * @throws IOException when the system is out of descriptors or memory; nothing is left open
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the base
    static EventBase open(AlarmKind alarmKind, NativeCalls.Callback onEvent) throws IOException {
        requireDescriptors();
        Arena arena = Arena.ofShared();
        NativeCalls calls = new ForeignCalls(arena);
        long base = 0;
        try {
            long callback = calls.callback(onEvent);
            base = calls.baseNew(alarmKind.baseFlags);
            if (base == 0) {
                throw new IOException("libevent cannot make an event_base: too few descriptors, or no memory");
            }
            Alarm alarm = alarmKind.make(calls, base, callback, arena);
            return new EventBase(arena, calls, base, callback, alarm, new StreamBytes(arena));
        } catch (IOException e) {
            if (base != 0) {
                calls.baseFree(base);
            }
            arena.close();
            throw e;
        }
    }

    /**
     * A base without a descriptor for its internal pipe ends the whole process, by {@code event_err} in {@code signal.c}
     * ({@code evsig_init_}). So enough descriptors must be free, including a reserve for other threads that take some at the
     * same moment.
     */
    private static void requireDescriptors() throws IOException {
        Pipe[] spare = new Pipe[SPARE_PIPES];
        int opened = 0;
        try {
            while (opened < SPARE_PIPES) {
                spare[opened] = Pipe.open();
                opened++;
            }
        } finally {
            while (opened > 0) {
                opened--;
                spare[opened].source().close();
                spare[opened].sink().close();
            }
        }
    }

    /** {@code "epoll"}, {@code "kqueue"}. */
    String method() {
        return calls.baseMethod(base);
    }

    Alarm alarm() {
        return alarm;
    }

    StreamBytes bytes() {
        return bytes;
    }

    /**
     * An event for a descriptor, level-triggered and added.
     *
     * @param interest not NONE
     */
    long watch(int descriptor, Interest interest) throws IOException {
        int what = Flags.EV_PERSIST | (interest.reads() ? Flags.EV_READ : 0) | (interest.writes() ? Flags.EV_WRITE : 0);
        long event = calls.eventNew(base, descriptor, what, callback);
        if (event == 0) {
            throw new IOException("libevent's event_new finds no memory");
        }
        int error = calls.eventAdd(event, 0);
        if (error < 0) {
            calls.eventFree(event);
            throw new IOException(
                    "libevent's event_add refuses descriptor " + descriptor + ": " + Errno.describe(-error));
        }
        return event;
    }

    /** Deletes an event and frees its memory. */
    void forget(long event) {
        calls.eventFree(event);
    }

    /** Calls back for all events that are ready now. */
    void turn() throws IOException {
        loop(Flags.EVLOOP_ONCE | Flags.EVLOOP_NONBLOCK);
    }

    /** Waits until an event is ready, including the alarm, and calls back for all ready events. */
    void turnWaiting() throws IOException {
        loop(Flags.EVLOOP_ONCE | Flags.EVLOOP_NO_EXIT_ON_EMPTY);
    }

    private void loop(int flags) throws IOException {
        if (calls.baseLoop(base, flags) < 0) {
            throw new IOException("libevent's event_base_loop failed; it has written to stderr why");
        }
    }

    /** The events must have been freed. */
    @Override
    public void close() {
        alarm.close();
        calls.baseFree(base);
        arena.close();
    }
}
