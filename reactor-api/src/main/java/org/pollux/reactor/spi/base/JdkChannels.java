package org.pollux.reactor.spi.base;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;

/**
 * Internals of the JDK's channels and buffers: {@code sun.nio.ch.SelChImpl} has the descriptor of a channel,
 * {@code sun.nio.ch.DirectBuffer} the address of a buffer.
 *
 * <p>They are looked up by name: javac refuses {@code --add-exports} beside {@code --release}, and a bundle would need
 * an import of the package. At run time the export is still needed.
 *
 * <p>From any thread. {@link #descriptor} and {@link #address} are only to be called where {@link #requireAccess} returns.
 */
public final class JdkChannels {

    /** The module's name in the JVM's flags: everything on a class path, or in a framework, is one unnamed module. */
    private static final String MODULE = JdkChannels.class.getModule().isNamed()
            ? JdkChannels.class.getModule().getName()
            : "ALL-UNNAMED";

    private JdkChannels() {}

    /** Touched only when it is known that the lookups succeed. */
    private static final class Handles {
        private static final Class<?> CHANNEL = type("SelChImpl");
        private static final MethodHandle DESCRIPTOR = find("SelChImpl", "getFDVal", int.class)
                .asType(MethodType.methodType(int.class, SelectableChannel.class));
        private static final MethodHandle ADDRESS =
                find("DirectBuffer", "address", long.class).asType(MethodType.methodType(long.class, ByteBuffer.class));
    }

    /**
     * Checks that the internals are accessible and that C functions can be called. To be called before a backend offers
     * itself.
     *
     * @throws UnsupportedOperationException with the flag to pass, when the JVM does not allow it
     */
    public static void requireAccess() {
        if (!JdkChannels.class.getModule().isNativeAccessEnabled()) {
            throw new UnsupportedOperationException(
                    "calls of C functions are not enabled; pass --enable-native-access=" + MODULE + " to the JVM");
        }
        find("SelChImpl", "getFDVal", int.class);
        find("DirectBuffer", "address", long.class);
    }

    private static MethodHandle find(String type, String method, Class<?> result) {
        try {
            return MethodHandles.lookup().findVirtual(type(type), method, MethodType.methodType(result));
        } catch (IllegalAccessException e) {
            throw new UnsupportedOperationException(
                    "the descriptors of channels are not accessible; pass --add-exports java.base/sun.nio.ch=" + MODULE
                            + " to the JVM",
                    e);
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

    private static UnsupportedOperationException unknown(ReflectiveOperationException e) {
        return new UnsupportedOperationException(
                "Java " + Runtime.version() + " keeps descriptors elsewhere than Java 25 does; run on Java 25", e);
    }

    /**
     * The descriptor of a channel. The channel stays its owner: never close it. When the channel is closed, the number
     * may belong to another one.
     *
     * @throws IllegalArgumentException when the channel is not one of the JDK's own
     */
    public static int descriptor(SelectableChannel channel) {
        if (!Handles.CHANNEL.isInstance(channel)) {
            throw new IllegalArgumentException(
                    channel + " is not a channel of the JDK's default provider; only such a one can be watched");
        }
        try {
            return (int) Handles.DESCRIPTOR.invokeExact(channel);
        } catch (Throwable e) {
            throw new AssertionError("SelChImpl.getFDVal does not throw", e);
        }
    }

    /**
     * The address of a direct buffer's first byte, whatever its position. It is valid as long as the buffer can be
     * reached.
     *
     * @throws UnsupportedOperationException when its memory may be released at any moment, by the close of a shared
     *     arena
     */
    public static long address(ByteBuffer direct) {
        try {
            return (long) Handles.ADDRESS.invokeExact(direct);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("DirectBuffer.address throws nothing else", e);
        }
    }
}
