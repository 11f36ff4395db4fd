package org.pollux.reactor.libevent;

import java.io.IOException;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.base.JdkChannels;

/**
 * Polls with libevent 2.1 or newer, and moves the bytes of sockets with {@code recv} and {@code writev}.
 *
 * <p>May be used from any thread. It needs the library of the system, and two flags of the JVM: {@code
 * --enable-native-access=ALL-UNNAMED} and {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}. The library is found under
 * its usual names, or in the file that the system property {@code pollux.libevent.library} names.
 */
public final class LibeventBackend implements Backend {

    static final String NAME = "libevent";

    private final AlarmKind alarm;
    private final String description;

    /**
     * Finds the library and tests it.
     *
     * @throws LibeventUnavailableException when it cannot work here; the message names the package to install or the flag to
     *     pass
     */
    public LibeventBackend() {
        this(Platform.current().alarm);
    }

    LibeventBackend(AlarmKind alarm) {
        requireAccess();
        this.alarm = alarm;
        this.description = "libevent " + LibeventLibrary.load().version() + ", " + method();
    }

    private static void requireAccess() {
        try {
            JdkChannels.requireAccess();
        } catch (UnsupportedOperationException e) {
            throw new LibeventUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private String method() {
        try (LibeventPoller trial = new LibeventPoller(alarm)) {
            return trial.method();
        } catch (IOException e) {
            throw new LibeventUnavailableException("libevent is there, but opens no poller: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The library's version and the kernel's mechanism: {@code "libevent 2.1.12-stable, epoll"}. */
    @Override
    public String description() {
        return description;
    }

    @Override
    public Poller open() throws IOException {
        return new LibeventPoller(alarm);
    }
}
