package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.Crypto.BIO_CTRL;

import java.nio.ByteBuffer;

/** A memory BIO to which OpenSSL writes. Its bytes are seen where they are, through its {@code BUF_MEM}. */
final class OutputBio {

    private static final int BIO_C_FILE_SEEK = 128;

    final long bio;
    private final long bufMem;

    private long seen;
    private long seenRoom;
    private ByteBuffer view = ByteBuffer.allocate(0);

    OutputBio() {
        try (Frame frame = new Frame()) {
            bio = ErrorQueue.nonNull(Crypto.BIO_NEW.call(Crypto.BIO_S_MEM.call()), "memory BIO");
            bufMem = InputBio.bufMem(bio, frame.pointer());
        }
    }

    boolean isEmpty() {
        return length() == 0;
    }

    private int length() {
        return (int) Memory.longAt(bufMem + InputBio.LENGTH);
    }

    /** What was written since the last {@link #clear}. Valid until OpenSSL writes again. */
    ByteBuffer content() {
        long data = Memory.longAt(bufMem + InputBio.DATA);
        long room = Memory.longAt(bufMem + InputBio.MAX);
        if (data != seen || room != seenRoom) {
            view = Memory.view(data, room);
            seen = data;
            seenRoom = room;
        }
        return view.clear().limit(length());
    }

    /** Forgets the content, and keeps the memory. */
    void clear() {
        BIO_CTRL.call(bio, BIO_C_FILE_SEEK, length(), 0); // reads it without a copy
        Memory.putLong(bufMem + InputBio.LENGTH, 0);
    }
}
