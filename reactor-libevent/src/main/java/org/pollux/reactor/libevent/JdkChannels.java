package org.pollux.reactor.libevent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;

/**
 * What the JDK knows of its channels and buffers and does not tell: {@code sun.nio.ch.SelChImpl} has the descriptor of a
 * channel, {@code sun.nio.ch.DirectBuffer} the address of a buffer.
 *
 * <p>They are looked up by name: javac refuses {@code --add-exports} beside {@code --release}, and a bundle would need an
 * import of the package. At run time the export is needed all the same.
 */
final class JdkChannels {

    private static final String FLAG = "--add-exports java.base/sun.nio.ch=ALL-UNNAMED";

    private JdkChannels() {}

    /** Touched only when it is known that the lookups succeed. */
    private static final class Handles {
        private static final Class<?> CHANNEL = type("SelChImpl");
        private static final MethodHandle DESCRIPTOR = find("SelChImpl", "getFDVal", int.class)
                .asType(MethodType.methodType(int.class, SelectableChannel.class));
        private static final MethodHandle ADDRESS =
                find("DirectBuffer", "address", long.class).asType(MethodType.methodType(long.class, ByteBuffer.class));
    }

    /** @throws LibeventUnavailableException with the flag to pass, when the JVM keeps them to itself */
    static void requireAccess() {
        find("SelChImpl", "getFDVal", int.class);
        find("DirectBuffer", "address", long.class);
    }

    private static MethodHandle find(String type, String method, Class<?> result) {
        try {
            return MethodHandles.lookup().findVirtual(type(type), method, MethodType.methodType(result));
        } catch (IllegalAccessException e) {
            throw new LibeventUnavailableException(
                    "the descriptors of channels are not accessible; pass " + FLAG + " to the JVM", e);
        } catch (NoSuchMethodException e) {
            throw unknown(e);
        }
    }

    /** By way of the boot loader: a bundle's own does not see the package. */
    private static Class<?> type(String name) {
        try {
            return Class.forName("sun.nio.ch." + name, false, null);
        } catch (ClassNotFoundException e) {
            throw unknown(e);
        }
    }

    private static LibeventUnavailableException unknown(ReflectiveOperationException e) {
        return new LibeventUnavailableException(
                "Java " + Runtime.version() + " keeps descriptors elsewhere than Java 25 does; run on Java 25", e);
    }

    /** Whether the channel is of the JDK's own make, so that it has a descriptor. */
    static boolean hasDescriptor(SelectableChannel channel) {
        return Handles.CHANNEL.isInstance(channel);
    }

    static int descriptor(SelectableChannel channel) {
        try {
            return (int) Handles.DESCRIPTOR.invokeExact(channel);
        } catch (Throwable e) {
            throw new AssertionError("SelChImpl.getFDVal does not throw", e);
        }
    }

    /**
     * Where a direct buffer's first byte is.
     *
     * @throws UnsupportedOperationException when its memory may be given back at any moment, by the close of a shared arena
     */
    static long address(ByteBuffer direct) {
        try {
            return (long) Handles.ADDRESS.invokeExact(direct);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("DirectBuffer.address throws nothing else", e);
        }
    }
}
