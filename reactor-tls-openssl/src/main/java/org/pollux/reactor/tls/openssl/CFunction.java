package org.pollux.reactor.tls.openssl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;

/**
 * A C function, called with {@code long} for every argument and result: the linker's handle narrows and widens. Pointers are
 * addresses, and a function without a result returns 0.
 *
 * <p>Keep it in a {@code static final} field. The JIT trusts the component of a record, so that a call compiles to a plain one.
 */
@SuppressWarnings("restricted")
record CFunction(MethodHandle handle) {

    static final MemoryLayout INT = JAVA_INT;
    static final MemoryLayout LONG = JAVA_LONG;
    static final MemoryLayout POINTER = JAVA_LONG;

    private static final Linker LINKER = Linker.nativeLinker();

    /** A function with a result. */
    static CFunction function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments));
    }

    /** A function without a result. */
    static CFunction procedure(String name, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.ofVoid(arguments));
    }

    /** A short function that never calls back: the thread does not change its state for it, which is faster. */
    static CFunction brief(String name, FunctionDescriptor type) {
        return link(name, type, Linker.Option.critical(false));
    }

    private static CFunction link(String name, FunctionDescriptor type, Linker.Option... options) {
        return link(OpenSslLibrary.load().symbols(), name, type, options);
    }

    /** For what is called before the library is known to be usable. */
    static CFunction link(SymbolLookup symbols, String name, FunctionDescriptor type, Linker.Option... options) {
        MethodHandle handle = LINKER.downcallHandle(symbols.findOrThrow(name), type, options);
        int count = type.argumentLayouts().size();
        MethodType longs = MethodType.methodType(long.class, Collections.nCopies(count, long.class));
        return new CFunction(MethodHandles.explicitCastArguments(handle, longs));
    }

    long call() {
        try {
            return (long) handle.invokeExact();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long call(long a) {
        try {
            return (long) handle.invokeExact(a);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long call(long a, long b) {
        try {
            return (long) handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long call(long a, long b, long c) {
        try {
            return (long) handle.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long call(long a, long b, long c, long d) {
        try {
            return (long) handle.invokeExact(a, b, c, d);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long call(long a, long b, long c, long d, long e) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e);
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    private static AssertionError broken(Throwable e) {
        return new AssertionError("A call of a C function does not throw", e);
    }
}
