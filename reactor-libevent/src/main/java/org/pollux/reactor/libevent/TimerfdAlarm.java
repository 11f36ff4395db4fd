package org.pollux.reactor.libevent;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pollux.reactor.spi.base.Errno;

/** An alarm that is a {@code timerfd}, watched like any other descriptor. */
final class TimerfdAlarm extends Alarm {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final NativeCalls calls;
    private final MemorySegment itimerspec;
    private final int descriptor;
    private final long event;

    TimerfdAlarm(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
        this.calls = calls;
        this.itimerspec = arena.allocate(JAVA_LONG, 4); // it_interval, it_value
        this.descriptor = calls.timerCreate();
        if (descriptor < 0) {
            throw new IOException("timerfd_create: " + Errno.describe(-descriptor));
        }
        this.event = calls.eventNew(base, descriptor, Flags.EV_READ | Flags.EV_PERSIST, callback);
        int error = event == 0 ? -1 : calls.eventAdd(event, 0);
        if (error < 0) {
            close();
            throw new IOException("a timerfd cannot be watched: " + Errno.describe(-error));
        }
    }

    @Override
    int descriptor() {
        return descriptor;
    }

    @Override
    void start(long nanos) throws IOException {
        itimerspec.setAtIndex(JAVA_LONG, 2, nanos / NANOS_PER_SECOND);
        itimerspec.setAtIndex(JAVA_LONG, 3, nanos % NANOS_PER_SECOND);
        int error = calls.timerSet(descriptor, itimerspec.address());
        if (error < 0) {
            throw new IOException("timerfd_settime: " + Errno.describe(-error));
        }
    }

    /** Both set to 0: that also takes back what is readable. */
    @Override
    void stop() throws IOException {
        start(0);
    }

    @Override
    void close() {
        if (event != 0) {
            calls.eventFree(event);
        }
        calls.close(descriptor);
    }
}
