package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A TCP stream: its near end is a source that reads what comes when it is told to, its far end does not block. */
final class Line implements Source, Handover, Closeable {

    final SocketChannel near;
    final SocketChannel far;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean reads = true;

    @SuppressWarnings("NullAway.Init") // by addTo
    Registration registration;

    private final ByteBuffer room = ByteBuffer.allocateDirect(64 * 1_024);

    private Line(SocketChannel near, SocketChannel far) {
        this.near = near;
        this.far = far;
    }

    static Line open() throws IOException {
        try (var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel far = SocketChannel.open(listener.getLocalAddress());
            SocketChannel near = listener.accept();
            near.configureBlocking(false);
            far.configureBlocking(false);
            return new Line(near, far);
        }
    }

    Line addTo(Poller poller) throws IOException {
        registration = poller.add(this, Interest.READ);
        return this;
    }

    void send(byte[] bytes) throws IOException {
        assertEquals(bytes.length, far.write(ByteBuffer.wrap(bytes)));
    }

    /** Waits for so many bytes at the far end. */
    byte[] receive(int length) throws IOException {
        far.configureBlocking(true);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && far.read(bytes) >= 0) {}
        far.configureBlocking(false);
        return bytes.array();
    }

    @Override
    public SocketChannel channel() {
        return near;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public void onReady(Interest ready) {
        if (!reads) {
            return;
        }
        try {
            registration.read(room.clear());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        take(room.flip());
    }

    private void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            received.write(bytes.get());
        }
    }

    // ---- Handover, of this one

    @Override
    public void received(Source source, ByteBuffer bytes) {
        if (source == this) {
            take(bytes);
        }
    }

    @Override
    public void unsent(Source source, ByteBuffer bytes) {}

    @Override
    public void failed(Source source, IOException cause) {}

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
