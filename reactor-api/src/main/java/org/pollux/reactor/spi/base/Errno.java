package org.pollux.reactor.spi.base;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.SocketException;

/**
 * The error numbers of the C library, which differ between Linux and macOS.
 *
 * <p>From any thread, where {@link JdkChannels#requireAccess} returns.
 */
public final class Errno {

    private static final boolean MACOS = System.getProperty("os.name").startsWith("Mac");

    public static final int EPERM = 1;
    public static final int EINTR = 4;
    public static final int ENOMEM = 12;
    public static final int EPIPE = 32;
    public static final int EAGAIN = MACOS ? 35 : 11;
    public static final int ECONNRESET = MACOS ? 54 : 104;
    public static final int ENOTCONN = MACOS ? 57 : 107;

    private Errno() {}

    /** Touched only when C functions can be called. */
    @SuppressWarnings("restricted")
    private static final class Handles {
        private static final MethodHandle STRERROR = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("strerror"),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    }

    /** The C library's text for an error number. */
    @SuppressWarnings("restricted")
    public static String describe(int errno) {
        try {
            return MemorySegment.ofAddress((long) Handles.STRERROR.invokeExact(errno))
                    .reinterpret(Long.MAX_VALUE)
                    .getString(0);
        } catch (Throwable e) {
            throw new AssertionError("strerror does not throw", e);
        }
    }

    /** The exception of a socket's channel for an error number of a call that sends. */
    public static IOException sendFailure(int errno) {
        return new IOException(describe(errno));
    }

    /** The exception of a socket's channel for an error number of a call that receives. */
    public static IOException receiveFailure(int errno) {
        return errno == ECONNRESET ? new SocketException("Connection reset") : new IOException(describe(errno));
    }
}
