package org.pollux.reactor.libevent;

/** The systems on which this backend works, and their differences. */
enum Platform {
    LINUX(AlarmKind.TIMERFD, 11, 104, 107),
    MACOS(AlarmKind.TIMER_EVENT, 35, 54, 57);

    static final int EINTR = 4;
    static final int EPIPE = 32;

    final AlarmKind alarm;
    final int eagain;
    final int econnreset;
    final int enotconn;

    Platform(AlarmKind alarm, int eagain, int econnreset, int enotconn) {
        this.alarm = alarm;
        this.eagain = eagain;
        this.econnreset = econnreset;
        this.enotconn = enotconn;
    }

    static Platform current() {
        return of(System.getProperty("os.name"));
    }

    static Platform of(String system) {
        if (system.startsWith("Linux")) {
            return LINUX;
        }
        if (system.startsWith("Mac")) {
            return MACOS;
        }
        throw new LibeventUnavailableException("this backend works on Linux and macOS, not on " + system
                + "; leave it out, reactor-nio does the same");
    }
}
