package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.Crypto.BIO_CTRL;

/**
 * A memory BIO from which OpenSSL reads bytes where they are. It is a read-only one, whose {@code BUF_MEM} (of {@code
 * openssl/buffer.h}) is pointed at the bytes: they are not copied into the BIO first, and no call is needed.
 */
final class InputBio {

    private static final int BIO_C_GET_BUF_MEM_PTR = 115;
    private static final int BIO_C_SET_BUF_MEM_EOF_RETURN = 130;

    // offsets in a BUF_MEM
    static final int LENGTH = 0;
    static final int DATA = 8;
    static final int MAX = 16;

    final long bio;
    private final long bufMem;

    /** A BIO without bytes. */
    InputBio() {
        try (Frame frame = new Frame()) {
            long pointer = frame.pointer();
            bio = ErrorQueue.nonNull(Crypto.BIO_NEW_MEM_BUF.call(pointer, 0), "memory BIO");
            BIO_CTRL.call(bio, BIO_C_SET_BUF_MEM_EOF_RETURN, -1, 0); // when it is empty: try again later
            bufMem = bufMem(bio, pointer);
        }
        hold(0, 0);
    }

    static long bufMem(long bio, long pointer) {
        BIO_CTRL.call(bio, BIO_C_GET_BUF_MEM_PTR, 0, pointer);
        return Memory.longAt(pointer);
    }

    /** Gives OpenSSL these bytes to read, which stay where they are. */
    void hold(long address, long length) {
        Memory.putLong(bufMem + LENGTH, length);
        Memory.putLong(bufMem + DATA, address);
        Memory.putLong(bufMem + MAX, length);
    }

    /** How many bytes at the end of what is held are not read yet. */
    int remaining() {
        return (int) Memory.longAt(bufMem + LENGTH);
    }
}
