package org.pollux.reactor.spi.base;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C functions that move a socket's bytes. A call that sets {@code errno} returns its negative value, and is repeated when
 * a signal has interrupted it.
 *
 * <p>The handles are constants, and pointers pass as {@code long}, so that the compiler turns them into plain calls. For one
 * thread at a time.
 */
@SuppressWarnings("restricted")
final class SocketCalls {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle RECV =
            capturing("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND =
            capturing("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle WRITEV =
            capturing("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    private final MemorySegment errno;

    /** No call may be made after the arena is closed. */
    SocketCalls(Arena arena) {
        // A segment of the global scope costs no reference count in each call.
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        this.errno = MemorySegment.ofAddress(state.address()).reinterpret(state.byteSize());
    }

    private static MethodHandle capturing(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), type, CAPTURE_ERRNO);
    }

    /** {@code recv}: the number of bytes, 0 at the end of the stream, or a negative errno. */
    long receive(int descriptor, long address, long length) {
        long count;
        do {
            try {
                count = orErrno((long) RECV.invokeExact(errno, descriptor, address, length, 0));
            } catch (Throwable e) {
                throw broken(e);
            }
        } while (count == -Errno.EINTR);
        return count;
    }

    /** {@code send}: the number of bytes, or a negative errno. */
    long send(int descriptor, long address, long length) {
        long count;
        do {
            try {
                count = orErrno((long) SEND.invokeExact(errno, descriptor, address, length, 0));
            } catch (Throwable e) {
                throw broken(e);
            }
        } while (count == -Errno.EINTR);
        return count;
    }

    /** {@code writev}: the number of bytes, or a negative errno. */
    long writeVector(int descriptor, long vector, int entries) {
        long count;
        do {
            try {
                count = orErrno((long) WRITEV.invokeExact(errno, descriptor, vector, entries));
            } catch (Throwable e) {
                throw broken(e);
            }
        } while (count == -Errno.EINTR);
        return count;
    }

    /** A failure without an errno is returned as EPERM, so that it remains a failure. */
    private long orErrno(long result) {
        return result < 0 ? -Math.max(Errno.EPERM, errno.get(JAVA_INT, ERRNO_OFFSET)) : result;
    }

    private static AssertionError broken(Throwable e) {
        return new AssertionError("A call of a C function does not throw", e);
    }
}
