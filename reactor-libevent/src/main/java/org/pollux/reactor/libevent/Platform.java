package org.pollux.reactor.libevent;

/** The systems on which this backend works, and the alarm that is best there. */
enum Platform {
    LINUX(AlarmKind.TIMERFD),
    MACOS(AlarmKind.TIMER_EVENT);

    final AlarmKind alarm;

    Platform(AlarmKind alarm) {
        this.alarm = alarm;
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
