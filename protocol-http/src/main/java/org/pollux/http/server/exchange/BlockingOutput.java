package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response in pieces as a stream: small writes are gathered, and the writer blocks while the connection is full. */
final class BlockingOutput extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(BlockingOutput.class);
    private static final int GATHERED = 8 * 1024;

    private final StreamedResponse response;
    private final Carrier carrier;
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private boolean waits;

    BlockingOutput(StreamedResponse response, Carrier carrier) {
        this.response = response;
        this.carrier = carrier;
        response.onDrained(this::goOn);
        response.whenOver(this::goOn);
    }

    private void goOn() {
        lock.lock();
        try {
            waits = false;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        if (!gathered.hasRemaining()) {
            send(gathered.flip());
            gathered.clear();
        }
        gathered.put((byte) octet);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length > gathered.remaining()) {
            send(gathered.flip());
            gathered.clear();
        }
        if (length > gathered.remaining()) {
            ByteBuffer all = ByteBuffer.wrap(source, offset, length);
            while (all.hasRemaining()) {
                ByteBuffer piece = all.slice(all.position(), Math.min(all.remaining(), 8 * GATHERED));
                all.position(all.position() + piece.remaining());
                send(piece);
            }
        } else {
            gathered.put(source, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        send(gathered.flip());
        gathered.clear();
        response.flush();
    }

    @Override
    public void close() throws IOException {
        if (response.isOpen()) {
            send(gathered.flip());
            gathered.clear();
            response.close();
        }
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            LOG.debug("A client has left before the end of its response", e);
        }
    }

    private void send(ByteBuffer data) throws IOException {
        if (carrier.inLoop()) {
            throw new IllegalStateException(
                    "A write would block the reactor: make the handler @Blocking, or use ResponseStream.write");
        }
        lock.lock();
        try {
            waits = true; // before the write, because its callback may run at once
        } finally {
            lock.unlock();
        }
        if (!response.isOpen()) {
            throw StreamOver.ofResponse();
        }
        if (data.hasRemaining() && !response.write(data)) {
            await();
        }
    }

    private void await() {
        lock.lock();
        try {
            while (waits && response.isOpen()) {
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
