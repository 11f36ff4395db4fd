package org.pollux.reactor.server.inheritance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.pollux.reactor.spi.base.Errno;

/**
 * The C functions that look at a descriptor, or put one in the place of another. The constants are Linux's. From any thread, where
 * {@link Inheritance#isPossible}.
 */
@SuppressWarnings("restricted")
final class Descriptors {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;

    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int O_CLOEXEC = 0x80000;

    /** {@code struct sockaddr_storage}. */
    private static final int LARGEST_ADDRESS = 128;

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle DUP3 =
            function("dup3", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Descriptors() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, ERRNO);
    }

    /** The address family of a socket. */
    static int domain(int descriptor) throws IOException {
        return option(descriptor, SO_DOMAIN);
    }

    static int type(int descriptor) throws IOException {
        return option(descriptor, SO_TYPE);
    }

    static boolean listens(int descriptor) throws IOException {
        return option(descriptor, SO_ACCEPTCONN) != 0;
    }

    private static int option(int descriptor, int name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            check(
                    (int) GETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, name, value, length),
                    "getsockopt",
                    descriptor,
                    state);
            return value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Where a socket is bound; empty when no endpoint can have such an address. */
    static Optional<SocketAddress> local(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment address = arena.allocate(LARGEST_ADDRESS, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, LARGEST_ADDRESS);
            check((int) GETSOCKNAME.invokeExact(state, descriptor, address, length), "getsockname", descriptor, state);
            return address(address, Math.min(length.get(JAVA_INT, 0), LARGEST_ADDRESS));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static Optional<SocketAddress> address(MemorySegment address, int length) throws IOException {
        return switch (address.get(JAVA_SHORT, 0)) {
            case AF_INET -> Optional.of(internet(address, 4, 4));
            case AF_INET6 -> Optional.of(internet(address, 8, 16));
            case AF_UNIX -> path(address, length);
            default -> Optional.empty();
        };
    }

    private static InetSocketAddress internet(MemorySegment address, int at, int length) throws IOException {
        int port = Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
        byte[] host = address.asSlice(at, length).toArray(JAVA_BYTE);
        InetAddress made = InetAddress.getByAddress(host); // one of IPv4 when it is mapped into IPv6
        int scope = made instanceof Inet6Address ? address.get(JAVA_INT, 24) : 0;
        return new InetSocketAddress(scope == 0 ? made : Inet6Address.getByAddress(null, host, scope), port);
    }

    /** A file; an abstract name begins with a zero byte, and no endpoint has one. */
    private static Optional<SocketAddress> path(MemorySegment address, int length) {
        byte[] name =
                address.asSlice(Short.BYTES, Math.max(0, length - Short.BYTES)).toArray(JAVA_BYTE);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(UnixDomainSocketAddress.of(new String(name, 0, end, StandardCharsets.UTF_8)));
    }

    /** Makes a number stand for the socket of another descriptor. What it stood for before is closed. */
    static void replace(int replaced, int by) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            check((int) DUP3.invokeExact(state, by, replaced, O_CLOEXEC), "dup3", by, state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(arena.allocate(Linker.Option.captureStateLayout()), descriptor);
        } catch (Throwable e) {
            throw new AssertionError("close does not throw", e);
        }
    }

    private static void check(int result, String function, int descriptor, MemorySegment state) throws IOException {
        if (result < 0) {
            throw new IOException(function + " of descriptor " + descriptor + ": "
                    + Errno.describe(state.get(JAVA_INT, ERRNO_OFFSET)));
        }
    }

    private static IOException failure(Throwable e) {
        return switch (e) {
            case IOException failed -> failed;
            case RuntimeException fault -> throw fault;
            case Error error -> throw error;
            default -> throw new AssertionError("a C function does not throw", e);
        };
    }
}
