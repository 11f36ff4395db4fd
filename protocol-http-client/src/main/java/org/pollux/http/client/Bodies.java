package org.pollux.http.client;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Bodies of requests that are in memory. */
final class Bodies {

    /** Bytes of a body that are handed to the wire at once. */
    static final int PIECE = 64 * 1024;

    static final HttpRequestBody NONE = new Memory(ByteBuffer.allocate(0));

    private Bodies() {}

    /** The remaining bytes of a buffer, which is not changed. */
    record Memory(ByteBuffer bytes) implements HttpRequestBody {

        @Override
        public OptionalLong length() {
            return OptionalLong.of(bytes.remaining());
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public void open(HttpRequestStream stream) {
            ByteBuffer rest = bytes.duplicate();
            var _ = stream.onDrained(() -> write(rest, stream));
            write(rest, stream);
        }

        private static void write(ByteBuffer rest, HttpRequestStream stream) {
            boolean more = true;
            while (rest.hasRemaining() && more) {
                ByteBuffer piece = rest.slice(rest.position(), Math.min(PIECE, rest.remaining()));
                rest.position(rest.position() + piece.remaining());
                more = stream.write(piece);
            }
            if (!rest.hasRemaining()) {
                stream.close();
            }
        }
    }
}
