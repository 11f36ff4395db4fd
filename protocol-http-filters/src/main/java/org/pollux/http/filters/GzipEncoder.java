package org.pollux.http.filters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.pollux.http.BodyEncoder;

/** One body in the gzip format (RFC 1952). */
final class GzipEncoder implements BodyEncoder {

    /** Deflate, no flags, no time, no hint, an unknown system (section 2.3). */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final int TRAILER = 8;
    private static final int SIZE = 4 * 1024;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private ByteBuffer out = ByteBuffer.allocate(SIZE).put(HEADER);

    GzipEncoder(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public ByteBuffer encode(ByteBuffer body) {
        crc.update(body.duplicate());
        deflater.setInput(body);
        while (!deflater.needsInput()) {
            deflate(Deflater.NO_FLUSH);
        }
        return taken();
    }

    @Override
    public ByteBuffer flush() {
        while (deflate(Deflater.SYNC_FLUSH) > 0 && !out.hasRemaining()) {
            // as long as it fills what it is given, there may be more
        }
        return taken();
    }

    @Override
    public ByteBuffer finish() {
        deflater.finish();
        while (!deflater.finished()) {
            deflate(Deflater.NO_FLUSH);
        }
        reserve(TRAILER);
        out.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt((int) deflater.getBytesRead());
        return taken();
    }

    private int deflate(int flush) {
        reserve(1);
        return deflater.deflate(out, flush);
    }

    private void reserve(int count) {
        if (out.remaining() < count) {
            out = ByteBuffer.allocate(out.capacity() * 2).put(out.flip());
        }
    }

    /** The available output. The caller may read it until the next call. */
    private ByteBuffer taken() {
        ByteBuffer taken = out.flip();
        out = ByteBuffer.allocate(SIZE);
        return taken;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
