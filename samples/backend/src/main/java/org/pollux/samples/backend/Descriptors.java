package org.pollux.samples.backend;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SelectableChannel;

/**
 * The descriptors of the JDK's channels, which {@code sun.nio.ch.SelChImpl} knows and does not tell.
 *
 * <p>The type is looked up by name, by way of the boot loader: a bundle's own does not see the package.
 */
final class Descriptors {

    private final Class<?> type;
    private final MethodHandle descriptor;

    /** @throws UnsupportedOperationException when the JVM keeps them to itself, with the flag to pass */
    Descriptors() {
        try {
            type = Class.forName("sun.nio.ch.SelChImpl", false, null);
            descriptor = MethodHandles.lookup().findVirtual(type, "getFDVal", MethodType.methodType(int.class));
        } catch (IllegalAccessException e) {
            throw new UnsupportedOperationException(
                    "the descriptors of channels are not accessible;"
                            + " pass --add-exports java.base/sun.nio.ch=ALL-UNNAMED to the JVM",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "Java " + Runtime.version() + " keeps descriptors elsewhere than Java 25 does; run on Java 25", e);
        }
    }

    /** @throws IllegalArgumentException when the channel is not of the JDK's own make, and so has no descriptor */
    int of(SelectableChannel channel) {
        if (!type.isInstance(channel)) {
            throw new IllegalArgumentException(
                    channel + " is not a channel of the JDK's default provider; only such a one can be watched");
        }
        try {
            return (int) descriptor.invoke(channel);
        } catch (Throwable e) {
            throw new AssertionError("SelChImpl.getFDVal does not throw", e);
        }
    }
}
