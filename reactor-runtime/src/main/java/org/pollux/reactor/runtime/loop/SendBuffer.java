package org.pollux.reactor.runtime.loop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.pollux.reactor.spi.base.JdkChannels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit on what the kernel takes of a TCP connection ahead of its peer. Without one it takes up to 4 MiB for every slow
 * reader, out of memory that is not the JVM's.
 *
 * <p>{@code TCP_NOTSENT_LOWAT} limits what was not sent yet, so a fast peer on a long way still has as much under way as its
 * window allows. The JDK does not know the option, so {@code setsockopt} is called on the descriptor. Where that cannot be
 * done, {@code SO_SNDBUF} limits both together; a long way is then slower. From any thread.
 */
public final class SendBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

    /** No limit, as for a reactor without a server. */
    static final int SYSTEM = 0;

    private volatile int limit;
    private volatile MemorySegment value = MemorySegment.NULL;

    /** How the limit is set in this process. */
    private enum Way {
        NOT_SENT,
        BUFFER
    }

    /** Touched only when there is a limit. */
    private static final class Chosen {
        private static final Way WAY = choose();

        private static Way choose() {
            try {
                JdkChannels.requireAccess();
                if (NotSent.OPTION != 0) {
                    return Way.NOT_SENT;
                }
            } catch (UnsupportedOperationException | LinkageError e) {
                LOG.debug("TCP_NOTSENT_LOWAT cannot be set", e);
            }
            return Way.BUFFER;
        }
    }

    /** The C function. */
    @SuppressWarnings("restricted")
    private static final class NotSent {
        private static final int IPPROTO_TCP = 6;
        private static final int OPTION = option();
        private static final MethodHandle SETSOCKOPT = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("setsockopt"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

        /** {@code TCP_NOTSENT_LOWAT}; 0 where its number is unknown. */
        private static int option() {
            String system = System.getProperty("os.name");
            if (system.startsWith("Linux")) {
                return 25;
            }
            return system.startsWith("Mac") ? 0x201 : 0;
        }

        static int set(int descriptor, MemorySegment value) {
            try {
                return (int) SETSOCKOPT.invokeExact(descriptor, IPPROTO_TCP, OPTION, value, (int) JAVA_INT.byteSize());
            } catch (Throwable e) {
                throw new AssertionError("A call of a C function does not throw", e);
            }
        }
    }

    public SendBuffer(int bytes) {
        limit(bytes);
    }

    /** For connections from now on; {@link #SYSTEM} is the system's own. */
    public void limit(int bytes) {
        MemorySegment changed = Arena.ofAuto().allocate(JAVA_INT);
        changed.set(JAVA_INT, 0, bytes);
        value = changed;
        limit = bytes;
    }

    /** Limits an open connection. One that cannot be limited continues without a limit. */
    public void apply(SocketChannel channel) {
        int bytes = limit;
        if (bytes == SYSTEM) {
            return;
        }
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress) {
                if (Chosen.WAY == Way.BUFFER || NotSent.set(JdkChannels.descriptor(channel), value) != 0) {
                    channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} has the system's send buffer", channel, e);
        }
    }
}
