package org.pollux.reactor.tls.openssl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * C function pointers to methods here, and memory for them. Each one keeps its object, and so the classes of the bundle, until this
 * is closed: then C must not have them any more.
 */
@SuppressWarnings("restricted")
final class Upcalls implements AutoCloseable {

    private final Arena arena = Arena.ofShared();

    /** Memory until the close. */
    MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, 8);
    }

    long string(String text) {
        return arena.allocateFrom(text).address();
    }

    /**
     * A function pointer that calls the method.
     *
     * @param methods the lookup of the class that has the method
     * @param receiver the object, or the class of a static method
     * @param failed the result when the method throws: no exception may leave it
     */
    long stub(MethodHandles.Lookup methods, Object receiver, String name, int failed, FunctionDescriptor type) {
        MethodHandle method = guarded(find(methods, receiver, name, type.toMethodType()), failed);
        return Linker.nativeLinker().upcallStub(method, type, arena).address();
    }

    private static MethodHandle find(MethodHandles.Lookup methods, Object receiver, String name, MethodType type) {
        try {
            return receiver instanceof Class<?> of
                    ? methods.findStatic(of, name, type)
                    : methods.bind(receiver, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static MethodHandle guarded(MethodHandle method, int failed) {
        MethodHandle result = MethodHandles.constant(int.class, failed);
        return MethodHandles.catchException(
                method, Throwable.class, MethodHandles.dropArguments(result, 0, Throwable.class));
    }

    @Override
    public void close() {
        arena.close();
    }

    /** The type of a callback: an int from these. */
    static FunctionDescriptor type(MemoryLayout... arguments) {
        return FunctionDescriptor.of(CFunction.INT, arguments);
    }
}
