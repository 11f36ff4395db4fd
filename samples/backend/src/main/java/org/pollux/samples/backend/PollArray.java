package org.pollux.samples.backend;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.pollux.reactor.Interest;

/**
 * The argument of {@code poll(2)}: an array of {@code struct pollfd { int fd; short events; short revents; }} in native
 * memory. This file has all the C of the backend.
 */
@SuppressWarnings("restricted") // it calls C; the backend has seen that this is allowed
final class PollArray implements AutoCloseable {

    // poll.h and errno.h; the same on Linux and macOS
    private static final int POLLIN = 0x01;
    private static final int POLLOUT = 0x04;
    private static final int EINTR = 4;

    private static final long ENTRY = 8;
    private static final long EVENTS = 4;
    private static final long REVENTS = 6;

    /** The count is a long on Linux and an int on macOS. In a register, a small one looks the same. */
    private static final MethodHandle POLL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
                    Linker.Option.captureCallState("errno"));

    private static final long ERRNO = Linker.Option.captureStateLayout().byteOffset(groupElement("errno"));

    /** Shared, because one thread may hand a poller to another. Outgrown memory stays in it until the end. */
    private final Arena arena = Arena.ofShared();

    private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
    private MemorySegment entries = arena.allocate(64 * ENTRY, ENTRY);
    private int count;

    void clear() {
        count = 0;
    }

    void add(int descriptor, Interest interest) {
        long entry = count * ENTRY;
        if (entry == entries.byteSize()) {
            entries = arena.allocate(2 * entry, ENTRY).copyFrom(entries);
        }
        entries.set(JAVA_INT, entry, descriptor);
        entries.set(JAVA_SHORT, entry + EVENTS, (short)
                ((interest.reads() ? POLLIN : 0) | (interest.writes() ? POLLOUT : 0)));
        count++;
    }

    /**
     * Waits until an entry is ready, the time is over, or a signal arrives.
     *
     * @param millis 0 does not wait, -1 waits without a limit
     * @return whether an entry is ready
     */
    boolean await(int millis) throws IOException {
        int ready;
        try {
            ready = (int) POLL.invokeExact(state, entries, (long) count, millis);
        } catch (Throwable e) {
            throw new AssertionError("a call of a C function does not throw", e);
        }
        if (ready < 0 && state.get(JAVA_INT, ERRNO) != EINTR) {
            throw new IOException("poll(2) of " + count + " descriptors failed, errno " + state.get(JAVA_INT, ERRNO));
        }
        return ready > 0;
    }

    /**
     * The readiness of an entry. POLLERR, POLLHUP and POLLNVAL count as both: a read or a write then reports the error.
     */
    Interest ready(int index) {
        int found = entries.get(JAVA_SHORT, index * ENTRY + REVENTS);
        boolean broken = (found & ~(POLLIN | POLLOUT)) != 0;
        return Interest.of(broken || (found & POLLIN) != 0, broken || (found & POLLOUT) != 0);
    }

    @Override
    public void close() {
        arena.close();
    }
}
