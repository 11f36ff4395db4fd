package org.pollux.reactor.tls.jsse;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.tls.CipherStream;

/** The encrypted bytes that the stream below has not taken. */
final class Outbound {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final CipherStream below;
    private final ByteBuffer[] one = new ByteBuffer[1];
    private ByteBuffer waiting = NONE;

    Outbound(CipherStream below) {
        this.below = below;
    }

    int unsent() {
        return waiting.remaining();
    }

    void flush() throws IOException {
        if (waiting.hasRemaining()) {
            write(waiting);
            if (!waiting.hasRemaining()) {
                waiting = NONE;
            }
        }
    }

    void drop() {
        waiting = NONE;
    }

    /** Sends bytes after those that wait, and keeps a copy of what is not taken. */
    void send(ByteBuffer bytes) throws IOException {
        try {
            flush();
            if (!waiting.hasRemaining() && bytes.hasRemaining()) {
                write(bytes);
            }
        } finally {
            if (bytes.hasRemaining()) {
                waiting = ByteBuffer.allocate(waiting.remaining() + bytes.remaining())
                        .put(waiting)
                        .put(bytes)
                        .flip();
            }
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        one[0] = bytes;
        try {
            below.write(one, 0, 1);
        } finally {
            one[0] = NONE;
        }
    }
}
