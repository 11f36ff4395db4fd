package org.pollux.reactor.tls.openssl;

import java.nio.ByteBuffer;
import org.pollux.reactor.tls.CipherStream;

/** A connection in memory, with two ends. Each direction holds some bytes, and no more. */
final class Wire {

    private final Direction there;
    private final Direction back;

    Wire(int room) {
        there = new Direction(room);
        back = new Direction(room);
    }

    CipherStream client() {
        return new End(back, there);
    }

    CipherStream server() {
        return new End(there, back);
    }

    /** Nothing passes any more, and the memory is free. */
    void drop() {
        there.bytes = ByteBuffer.allocate(0);
        back.bytes = ByteBuffer.allocate(0);
    }

    private static final class Direction {
        private ByteBuffer bytes; // ready to be read

        Direction(int room) {
            bytes = ByteBuffer.allocate(room).limit(0);
        }
    }

    private record End(Direction in, Direction out) implements CipherStream {

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), in.bytes.remaining());
            target.put(target.position(), in.bytes, in.bytes.position(), count);
            target.position(target.position() + count);
            in.bytes.position(in.bytes.position() + count);
            return count;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            out.bytes.compact();
            long taken = 0;
            for (int i = from; i < from + count; i++) {
                int piece = Math.min(data[i].remaining(), out.bytes.remaining());
                out.bytes.put(out.bytes.position(), data[i], data[i].position(), piece);
                out.bytes.position(out.bytes.position() + piece);
                data[i].position(data[i].position() + piece);
                taken += piece;
            }
            out.bytes.flip();
            return taken;
        }
    }
}
