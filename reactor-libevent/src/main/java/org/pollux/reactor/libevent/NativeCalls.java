package org.pollux.reactor.libevent;

/**
 * The calls of a poller to libevent and the C library, in plain Java types: a pointer is a {@code long}, a descriptor is an
 * {@code int}. A call that sets {@code errno} returns its negative value instead of -1, as inside a kernel.
 *
 * <p>For one thread at a time.
 */
interface NativeCalls {

    /** {@code event_callback_fn}: called by a C function pointer of {@link #callback}. It must not throw. */
    @FunctionalInterface
    interface Callback {
        void onEvent(int descriptor, short what, long argument);
    }

    /** A C function that calls the callback. It is valid as long as the memory of this poller. */
    long callback(Callback callback);

    // ---- libevent

    /**
     * {@code event_base_new_with_config}, with the flags set in its configuration.
     *
     * @return 0 when libevent cannot make one
     */
    long baseNew(int flags);

    void baseFree(long base);

    /** {@code event_base_get_method}: {@code "epoll"}, {@code "kqueue"}. */
    String baseMethod(long base);

    /** {@code event_base_loop}: -1 when the kernel's mechanism failed. */
    int baseLoop(long base, int flags);

    /**
     * {@code event_new}; the event is not added yet.
     *
     * @return 0 when there is no memory
     */
    long eventNew(long base, int descriptor, int what, long callback);

    /**
     * {@code event_add}.
     *
     * @param timeval address of a {@code struct timeval}, or 0
     * @return 0 or a negative errno
     */
    int eventAdd(long event, long timeval);

    int eventDel(long event);

    /** {@code event_free}, which also deletes it from its base. */
    void eventFree(long event);

    // ---- the C library

    /** {@code timerfd_create} on the monotonic clock, non-blocking: a descriptor or a negative errno. Linux only. */
    int timerCreate();

    /** {@code timerfd_settime}, relative: {@code itimerspec} is the address of such a struct. */
    int timerSet(int timer, long itimerspec);

    int close(int descriptor);
}
