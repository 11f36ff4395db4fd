package org.pollux.reactor.libevent;

/** Constants of {@code event2/event.h}. */
final class Flags {

    // event_new
    static final int EV_READ = 0x02;
    static final int EV_WRITE = 0x04;
    static final int EV_PERSIST = 0x10;

    // event_base_loop
    static final int EVLOOP_ONCE = 0x01;
    static final int EVLOOP_NONBLOCK = 0x02;
    static final int EVLOOP_NO_EXIT_ON_EMPTY = 0x04;

    // event_config_set_flag
    static final int EVENT_BASE_FLAG_NOLOCK = 0x01;
    static final int EVENT_BASE_FLAG_IGNORE_ENV = 0x02;
    static final int EVENT_BASE_FLAG_NO_CACHE_TIME = 0x08;
    static final int EVENT_BASE_FLAG_PRECISE_TIMER = 0x20;

    /** One thread uses a base, no environment variable configures it, and it reads no clock because it has no timers. */
    static final int COMMON = EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_IGNORE_ENV | EVENT_BASE_FLAG_NO_CACHE_TIME;

    private Flags() {}
}
