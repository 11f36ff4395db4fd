package org.pollux.reactor.tls.openssl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code malloc} has given and not got back, as glibc tells it. */
@SuppressWarnings("restricted")
final class NativeHeap {

    /** {@code struct mallinfo2}: ten sizes. */
    private static final MemoryLayout MALLINFO2 = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

    private static final int UORDBLKS = 7;

    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(MALLINFO2));

    private NativeHeap() {}

    /** Bytes in use. */
    static long used() {
        try (Arena arena = Arena.ofConfined()) {
            var result = (MemorySegment) CALL.invokeExact((SegmentAllocator) arena);
            return result.getAtIndex(JAVA_LONG, UORDBLKS);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes of the whole process in memory. */
    static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
