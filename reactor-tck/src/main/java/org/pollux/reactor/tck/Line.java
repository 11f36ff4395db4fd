package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** The two ends of a stream. A test that uses an end without a poller calls the channel itself. */
record Line(SelectableChannel reader, SelectableChannel writer, Duration patience) implements Closeable {

    /** Each byte of a stream encodes its position, so that a lost, duplicate or swapped byte is seen. */
    static byte[] pattern(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = patternAt(from + i);
        }
        return bytes;
    }

    static byte patternAt(int position) {
        return (byte) (position * 31 + (position >>> 8) * 17 + (position >>> 16));
    }

    /** The other direction of a socket's stream. */
    Line turnedAround() {
        return new Line(/* reader= */ writer, /* writer= */ reader, patience);
    }

    void sendOneByte() throws IOException {
        send(new byte[1]);
    }

    /** Writes few enough bytes for the system to take at once. */
    void send(byte[] bytes) throws IOException {
        assertEquals(bytes.length, ((WritableByteChannel) writer).write(ByteBuffer.wrap(bytes)), "bytes sent");
    }

    /** Writes everything, and waits for the reader; the writer must not be registered. */
    void sendWaiting(byte[] bytes) throws IOException {
        writer.configureBlocking(true);
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            ((WritableByteChannel) writer).write(buffer);
        }
        writer.configureBlocking(false);
    }

    /** Reads that many bytes, and waits for the writer; the reader must not be registered. Fails when they do not come. */
    byte[] receiveWaiting(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        reader.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            reader.register(selector, SelectionKey.OP_READ);
            while (buffer.hasRemaining()) {
                assertTrue(
                        selector.select(patience.toMillis()) > 0,
                        () -> "within " + patience.toMillis() + " ms no more came than " + buffer.position()
                                + " bytes of " + length);
                selector.selectedKeys().clear();
                assertTrue(
                        ((ReadableByteChannel) reader).read(buffer) >= 0,
                        () -> "the stream ended after " + buffer.position());
            }
        }
        return buffer.array();
    }

    void closeWriter() throws IOException {
        writer.close();
    }

    /** Ends a TCP stream with a reset. */
    void reset() throws IOException {
        ((SocketChannel) writer).setOption(StandardSocketOptions.SO_LINGER, 0).close();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
    }
}
