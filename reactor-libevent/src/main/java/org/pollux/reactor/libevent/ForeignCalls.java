package org.pollux.reactor.libevent;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The C calls through {@link Linker}. All C functions of this backend are here, except for the one with which {@link
 * LibeventLibrary} reads the version first.
 *
 * <p>The handles are constants, and pointers pass as {@code long}, so that the compiler turns them into plain calls. This
 * class must not be initialized before the library was found.
 */
@SuppressWarnings("restricted")
final class ForeignCalls implements NativeCalls {

    private static final int TFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int CLOCK_MONOTONIC = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LibeventLibrary.load().symbols().or(LINKER.defaultLookup());
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final FunctionDescriptor CALLBACK = FunctionDescriptor.ofVoid(JAVA_INT, JAVA_SHORT, JAVA_LONG);
    private static final MethodHandle ON_EVENT = onEvent();

    private static final MethodHandle CONFIG_NEW = plain("event_config_new", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle CONFIG_SET_FLAG =
            plain("event_config_set_flag", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CONFIG_FREE = plain("event_config_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle BASE_NEW =
            plain("event_base_new_with_config", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle BASE_FREE = plain("event_base_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle BASE_METHOD =
            plain("event_base_get_method", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle BASE_LOOP =
            plain("event_base_loop", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENT_NEW =
            plain("event_new", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_SHORT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EVENT_ADD =
            capturing("event_add", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EVENT_DEL = plain("event_del", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle EVENT_FREE = plain("event_free", FunctionDescriptor.ofVoid(JAVA_LONG));

    private static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    /** Functions that exist on Linux only. */
    private static final class Linux {
        private static final MethodHandle TIMERFD_CREATE =
                capturing("timerfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle TIMERFD_SETTIME =
                capturing("timerfd_settime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    }

    private final Arena arena;
    private final MemorySegment errno;

    /** The callbacks live as long as the arena. No call may be made after it is closed. */
    ForeignCalls(Arena arena) {
        this.arena = arena;
        // A segment of the global scope costs no reference count in each call.
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        this.errno = MemorySegment.ofAddress(state.address()).reinterpret(state.byteSize());
    }

    private static MethodHandle plain(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(SYMBOLS.findOrThrow(function), type);
    }

    private static MethodHandle capturing(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(SYMBOLS.findOrThrow(function), type, CAPTURE_ERRNO);
    }

    private static MethodHandle onEvent() {
        try {
            MethodType type = MethodType.methodType(void.class, int.class, short.class, long.class);
            return MethodHandles.lookup().findVirtual(Callback.class, "onEvent", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Callback.onEvent", e);
        }
    }

    @Override
    public long callback(Callback callback) {
        return LINKER.upcallStub(ON_EVENT.bindTo(callback), CALLBACK, arena).address();
    }

    @Override
    public long baseNew(int flags) {
        try {
            long config = (long) CONFIG_NEW.invokeExact();
            if (config == 0) {
                return 0;
            }
            int _ = (int) CONFIG_SET_FLAG.invokeExact(config, flags);
            long base = (long) BASE_NEW.invokeExact(config);
            CONFIG_FREE.invokeExact(config);
            return base;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public void baseFree(long base) {
        try {
            BASE_FREE.invokeExact(base);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public String baseMethod(long base) {
        try {
            return string((long) BASE_METHOD.invokeExact(base));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int baseLoop(long base, int flags) {
        try {
            return (int) BASE_LOOP.invokeExact(base, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public long eventNew(long base, int descriptor, int what, long callback) {
        try {
            return (long) EVENT_NEW.invokeExact(base, descriptor, (short) what, callback, 0L);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int eventAdd(long event, long timeval) {
        try {
            return (int) orErrno((int) EVENT_ADD.invokeExact(errno, event, timeval));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int eventDel(long event) {
        try {
            return (int) EVENT_DEL.invokeExact(event);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public void eventFree(long event) {
        try {
            EVENT_FREE.invokeExact(event);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int timerCreate() {
        try {
            return (int) orErrno((int) Linux.TIMERFD_CREATE.invokeExact(errno, CLOCK_MONOTONIC, TFD_NONBLOCK_CLOEXEC));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int timerSet(int timer, long itimerspec) {
        try {
            return (int) orErrno((int) Linux.TIMERFD_SETTIME.invokeExact(errno, timer, 0, itimerspec, 0L));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public int close(int descriptor) {
        try {
            return (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** A failure without an errno is returned as EPERM, so that it remains a failure. */
    private long orErrno(long result) {
        return result < 0 ? -Math.max(1, errno.get(JAVA_INT, ERRNO_OFFSET)) : result;
    }

    private static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static AssertionError broken(Throwable e) {
        return new AssertionError("A call of a C function does not throw", e);
    }
}
