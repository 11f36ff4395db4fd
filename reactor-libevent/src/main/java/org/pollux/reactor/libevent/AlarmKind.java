package org.pollux.reactor.libevent;

import java.io.IOException;
import java.lang.foreign.Arena;

/** The mechanism of an {@link Alarm}. */
enum AlarmKind {
    /** Linux only. Because libevent has no timer then, it reads no clock and gives {@code epoll_wait} no timeout. */
    TIMERFD(Flags.COMMON) {
        @Override
        Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
            return new TimerfdAlarm(calls, base, callback, arena);
        }
    },

    /**
     * All platforms. {@code kqueue} waits precisely. On Linux the precise clock would cost a {@code timerfd_settime} in each
     * turn, and the other clock is late by a jiffy.
     */
    TIMER_EVENT(Flags.COMMON | Flags.EVENT_BASE_FLAG_PRECISE_TIMER) {
        @Override
        Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException {
            return new TimerEventAlarm(calls, base, callback, arena);
        }
    };

    /** The flags with which the base is made. */
    final int baseFlags;

    AlarmKind(int baseFlags) {
        this.baseFlags = baseFlags;
    }

    abstract Alarm make(NativeCalls calls, long base, long callback, Arena arena) throws IOException;
}
