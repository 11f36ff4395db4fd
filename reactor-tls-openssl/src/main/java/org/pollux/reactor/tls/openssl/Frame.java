package org.pollux.reactor.tls.openssl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;

/** Memory for the arguments of some calls, until it is closed. */
final class Frame implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();

    /** The address of a text that ends with a zero. */
    long string(String text) {
        return arena.allocateFrom(text).address();
    }

    long bytes(byte[] bytes) {
        return arena.allocateFrom(JAVA_BYTE, bytes).address();
    }

    long bytes(int length) {
        return arena.allocate(length).address();
    }

    /** The address of a pointer that is null. */
    long pointer() {
        return pointer(0);
    }

    /** The address of a pointer to this address. */
    long pointer(long to) {
        return arena.allocateFrom(JAVA_LONG, to).address();
    }

    /** The address of a pointer to these bytes. */
    long pointerTo(byte[] bytes) {
        return pointer(bytes(bytes));
    }

    @Override
    public void close() {
        arena.close();
    }
}
