package org.pollux.reactor.runtime.loop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SelectableChannel;
import org.pollux.reactor.spi.base.JdkChannels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options of TCP sockets that the JDK does not know, or not for a listening socket: {@code setsockopt} is called on the
 * descriptor. A JVM without the flags for that, and a system without the option, does without it. From any thread.
 */
public enum TcpOption {

    /** {@code TCP_NODELAY}: a small packet does not wait for an acknowledgement. */
    NO_DELAY(1, 1),

    /** {@code TCP_CORK}: a packet that is not full waits for more bytes, or for the FIN, for 200 ms at most. */
    CORK(3, 0),

    /** {@code TCP_NOTSENT_LOWAT}: how many bytes the system takes ahead of what it sends. */
    NOT_SENT(25, 0x201);

    /** The value of an option that is on. */
    public static final MemorySegment ON = value(1);

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int IPPROTO_TCP = 6;
    private static final Logger LOG = LoggerFactory.getLogger(TcpOption.class);

    private final int linux;
    private final int macos;

    /** The numbers of the systems; 0 where there is none. */
    TcpOption(int linux, int macos) {
        this.linux = linux;
        this.macos = macos;
    }

    /** The C function. Touched only when C functions can be called. */
    @SuppressWarnings("restricted")
    private static final class Call {
        private static final MethodHandle SETSOCKOPT = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("setsockopt"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Access {
        private static final boolean GRANTED = isGranted();

        private static boolean isGranted() {
            try {
                JdkChannels.requireAccess();
                return true;
            } catch (UnsupportedOperationException | LinkageError e) {
                LOG.debug("Options of TCP that the JDK does not know cannot be set", e);
                return false;
            }
        }
    }

    static MemorySegment value(int number) {
        MemorySegment value = Arena.ofAuto().allocate(JAVA_INT);
        value.set(JAVA_INT, 0, number);
        return value;
    }

    /** Whether the system gives accepted connections the options of their listening socket. */
    public static boolean arePassedOn() {
        return LINUX;
    }

    boolean isKnown() {
        return number() != 0 && Access.GRANTED;
    }

    private int number() {
        return LINUX ? linux : System.getProperty("os.name").startsWith("Mac") ? macos : 0;
    }

    /**
     * Sets the option of an open TCP socket.
     *
     * @return false when that is not possible
     */
    public boolean set(SelectableChannel channel, MemorySegment value) {
        if (!isKnown()) {
            return false;
        }
        try {
            return (int) Call.SETSOCKOPT.invokeExact(
                            JdkChannels.descriptor(channel), IPPROTO_TCP, number(), value, (int) JAVA_INT.byteSize())
                    == 0;
        } catch (IllegalArgumentException e) {
            LOG.debug("{} has no descriptor", channel, e);
            return false;
        } catch (Throwable e) {
            throw new AssertionError("A call of a C function does not throw", e);
        }
    }
}
