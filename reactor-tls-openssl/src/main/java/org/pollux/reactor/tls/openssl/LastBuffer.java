package org.pollux.reactor.tls.openssl;

import java.nio.ByteBuffer;

/** Remembers the address of one direct buffer: a loop uses the same one again and again, and asking may allocate. */
final class LastBuffer {

    private ByteBuffer last = ByteBuffer.allocateDirect(0);
    private long start = Memory.address(last);

    /** The address of the buffer's next byte. */
    @SuppressWarnings("ReferenceEquality") // two buffers with the same bytes have two addresses
    long address(ByteBuffer direct) {
        if (direct != last) {
            last = direct;
            start = Memory.address(direct) - direct.position();
        }
        return start + direct.position();
    }
}
