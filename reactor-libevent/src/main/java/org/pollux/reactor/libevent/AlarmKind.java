package org.pollux.reactor.libevent;

import java.io.IOException;
import java.lang.foreign.Arena;

/** By what an {@link Alarm} rings. */
enum AlarmKind {
    /** Linux only. As libevent has no timer then, it reads no clock and gives {@code epoll_wait} no timeout. */
    TIMERFD(Flags.COMMON) {
        @Override
        Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
            return new TimerfdAlarm(calls, base, callback, arena);
        }
    },

    /**
     * Everywhere. {@code kqueue} waits precisely; on Linux the precise clock would cost a {@code timerfd_settime} in each
     * turn, and the other one is late by a jiffy.
     */
    TIMER_EVENT(Flags.COMMON | Flags.EVENT_BASE_FLAG_PRECISE_TIMER) {
        @Override
        Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
            return new TimerEventAlarm(calls, base, callback, arena);
        }
    };

    /** How the base is to be made. */
    final int baseFlags;

    AlarmKind(int baseFlags) {
        this.baseFlags = baseFlags;
    }

    abstract Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException;
}
