package org.pollux.shell;

import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.Reactor;

/** A connection without a loop: the test is the peer, and calls the handler as a loop would. */
final class FakeConnection implements Connection {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private long room = Long.MAX_VALUE;
    private boolean open = true;
    private boolean paused;

    /** From now on writes are responded with false once so much waits. */
    synchronized void highWaterMark(long bytes) {
        room = sent.size() + bytes;
    }

    synchronized String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean isPaused() {
        return paused;
    }

    void awaitClosed() throws InterruptedException {
        await("the connection is closed", () -> !isOpen());
    }

    void awaitSent(String text) throws InterruptedException {
        await("'" + text + "' is sent", () -> sent().contains(text));
    }

    synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("not so after 5 s: " + what + "; sent: " + sent());
            }
            wait(left / 1_000_000 + 1);
        }
    }

    @Override
    public synchronized boolean write(ByteBuffer data) {
        if (!open) {
            return false;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        sent.writeBytes(bytes);
        notifyAll();
        return sent.size() <= room;
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void pauseReading() {
        paused = true;
        notifyAll();
    }

    @Override
    public synchronized void resumeReading() {
        paused = false;
        notifyAll();
    }

    @Override
    public synchronized boolean isReadingPaused() {
        return paused;
    }

    @Override
    public synchronized void close() {
        open = false;
        notifyAll();
    }

    @Override
    public void closeWithoutLinger() {
        close();
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public void closeOutput() {}

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public Connection watermarks(int low, int high) {
        return this;
    }

    @Override
    public Connection idleTimeout(Duration idle) {
        return this;
    }

    @Override
    public Reactor reactor() {
        throw new UnsupportedOperationException("the shell does not ask for it");
    }

    @Override
    public Connection handler(ConnectionHandler next) {
        throw new UnsupportedOperationException("the shell keeps its handler");
    }

    @Override
    public <T> @Nullable T attribute(Key<T> key) {
        return null;
    }

    @Override
    public <T> Connection attribute(Key<T> key, @Nullable T value) {
        return this;
    }

    @Override
    public SocketAddress local() {
        return UnixDomainSocketAddress.of("");
    }

    @Override
    public SocketAddress remote() {
        return UnixDomainSocketAddress.of("");
    }
}
