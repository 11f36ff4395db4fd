package org.pollux.reactor.uring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.Function;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.base.JdkChannels;

/**
 * Polls with io_uring: it receives the bytes of streams ahead, and sends the writes of many callbacks with one system call.
 *
 * <p>May be used from any thread. It needs Linux 6.1 or newer, a system that allows io_uring, and two flags of the JVM: {@code
 * --enable-native-access=ALL-UNNAMED} and {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}.
 */
public final class UringBackend implements Backend {

    static final String NAME = "uring";

    private final Function<Arena, Kernel> kernels;

    /**
     * Tries a ring.
     *
     * @throws UringUnavailableException when it cannot work here; the message names the setting to change or the flag to pass
     */
    public UringBackend() {
        this(LinuxKernel::new);
    }

    UringBackend(Function<Arena, Kernel> kernels) {
        this.kernels = kernels;
        requireLinux(System.getProperty("os.name"));
        try {
            JdkChannels.requireAccess();
        } catch (UnsupportedOperationException e) {
            throw new UringUnavailableException(String.valueOf(e.getMessage()), e);
        }
        try (Poller trial = open()) {
            trial.poll(0);
        } catch (IOException e) {
            throw new UringUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    static void requireLinux(String system) {
        if (!system.equals("Linux")) {
            throw new UringUnavailableException(
                    "io_uring exists on Linux alone, not on " + system + "; use the backend libevent or nio");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The mechanism and the kernel's version: {@code "io_uring, Linux 6.12.8"}. */
    @Override
    public String description() {
        return "io_uring, Linux " + System.getProperty("os.version");
    }

    @Override
    public Poller open() throws IOException {
        return new UringPoller(kernels);
    }
}
