package org.pollux.reactor.tls.openssl;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A memory BIO that takes bytes from one version of the engine to the next, together with the {@code SSL} that has it. */
final class MemoryBio {

    private static final int BIO_CTRL_PENDING = 10;

    private MemoryBio() {}

    /** One with these bytes; 0 for none. */
    static long of(@Nullable ByteBuffer content) {
        if (content == null) {
            return 0;
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        long bio = ErrorQueue.nonNull(Crypto.BIO_NEW.call(Crypto.BIO_S_MEM.call()), "memory BIO");
        try (Frame frame = new Frame()) {
            Crypto.BIO_WRITE.call(bio, frame.bytes(bytes), bytes.length);
        }
        return bio;
    }

    /** The bytes of one; null when it is 0. */
    static @Nullable ByteBuffer content(long bio) {
        if (bio == 0) {
            return null;
        }
        int length = (int) Crypto.BIO_CTRL.call(bio, BIO_CTRL_PENDING, 0, 0);
        try (Frame frame = new Frame()) {
            long bytes = frame.bytes(length);
            Crypto.BIO_READ.call(bio, bytes, length);
            return ByteBuffer.wrap(Memory.bytes(bytes, length));
        }
    }
}
