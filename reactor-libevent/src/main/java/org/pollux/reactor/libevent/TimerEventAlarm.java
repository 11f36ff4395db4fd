package org.pollux.reactor.libevent;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pollux.reactor.spi.base.Errno;

/** An alarm that is a timer event of libevent's own. */
final class TimerEventAlarm extends Alarm {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** A day: kernels differ in the longest time that they accept, and ringing too early does no harm. */
    private static final long LONGEST = 86_400_000_000_000L;

    private final NativeCalls calls;
    private final MemorySegment timeval;
    private final long event;

    TimerEventAlarm(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
        this.calls = calls;
        this.timeval = arena.allocate(JAVA_LONG, 2); // an int of microseconds on macOS: the low half, on its processors
        this.event = calls.eventNew(base, descriptor(), 0, callback);
        if (event == 0) {
            throw new IOException("no memory for libevent's event_new");
        }
    }

    @Override
    int descriptor() {
        return -1;
    }

    @Override
    void start(long nanos) throws IOException {
        long micros = (Math.min(nanos, LONGEST) - 1) / NANOS_PER_MICRO + 1;
        timeval.setAtIndex(JAVA_LONG, 0, micros / MICROS_PER_SECOND);
        timeval.setAtIndex(JAVA_LONG, 1, micros % MICROS_PER_SECOND);
        int error = calls.eventAdd(event, timeval.address());
        if (error < 0) {
            throw new IOException("libevent's event_add: " + Errno.describe(-error));
        }
    }

    @Override
    void stop() {
        calls.eventDel(event);
    }

    @Override
    void close() {
        calls.eventFree(event);
    }
}
