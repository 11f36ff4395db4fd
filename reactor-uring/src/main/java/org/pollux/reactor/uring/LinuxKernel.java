package org.pollux.reactor.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.pollux.reactor.spi.base.Errno;

/**
 * The system calls through {@code syscall(2)}, because the C library has no functions for a ring. So no further library is needed.
 *
 * <p>None of them is a critical call: they may wait, and the garbage collector would wait with them.
 */
@SuppressWarnings("restricted")
final class LinuxKernel implements Kernel {

    // the same on all processors
    private static final long IO_URING_SETUP = 425;
    private static final long IO_URING_ENTER = 426;
    private static final long IO_URING_REGISTER = 427;

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED_POPULATE = 0x1 | 0x8000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL_2 = syscall(JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SYSCALL_4 = syscall(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SYSCALL_6 =
            syscall(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MMAP = function(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final MemorySegment errno;

    /** No call may be made after the arena is closed. */
    LinuxKernel(Arena arena) {
        // A segment of the global scope costs no reference count in each call.
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        this.errno = MemorySegment.ofAddress(state.address()).reinterpret(state.byteSize());
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, CAPTURE_ERRNO);
    }

    private static MethodHandle syscall(MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG).appendArgumentLayouts(arguments),
                CAPTURE_ERRNO,
                Linker.Option.firstVariadicArg(1));
    }

    @Override
    public int setup(int entries, long parameters) {
        try {
            return (int) orErrno((long) SYSCALL_2.invokeExact(errno, IO_URING_SETUP, (long) entries, parameters));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int enter(int ring, int submit, int atLeast, int flags, long argument, long length) {
        try {
            return (int) orErrno((long) SYSCALL_6.invokeExact(
                    errno, IO_URING_ENTER, (long) ring, (long) submit, (long) atLeast, (long) flags, argument, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int register(int ring, int operation, long argument, int count) {
        try {
            return (int) orErrno((long) SYSCALL_4.invokeExact(
                    errno, IO_URING_REGISTER, (long) ring, (long) operation, argument, (long) count));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public long map(int ring, long length, long offset) {
        try {
            return orErrno(
                    (long) MMAP.invokeExact(errno, 0L, length, PROT_READ_WRITE, MAP_SHARED_POPULATE, ring, offset));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int unmap(long address, long length) {
        try {
            return (int) orErrno((int) MUNMAP.invokeExact(errno, address, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int close(int descriptor) {
        try {
            return (int) orErrno((int) CLOSE.invokeExact(errno, descriptor));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private long orErrno(long result) {
        return result == -1 ? -Math.max(Errno.EPERM, errno.get(JAVA_INT, ERRNO_OFFSET)) : result;
    }

    private static AssertionError broken(Throwable e) {
        return new AssertionError("A system call does not throw", e);
    }
}
