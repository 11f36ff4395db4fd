package org.pollux.servlet.body;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ResponseStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a response: in a buffer while it is small, then as a stream. The first bytes that do not fit commit the response.
 * It blocks the servlet's thread while the client does not keep up, until it gets a listener (Servlet 6.1, section 5.4).
 */
public final class ServletOutput extends ServletOutputStream {

    /** Begins the response, when the body becomes longer than the buffer. */
    @FunctionalInterface
    public interface Head {
        ResponseStream begin();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServletOutput.class);

    private static final int DEFAULT = 8 * 1024;

    private final Head head;
    private final SerialTasks callbacks;
    private byte[] buffer = {};
    private int capacity = DEFAULT;
    private int count;
    private long announced = Long.MAX_VALUE;
    private long left = Long.MAX_VALUE; // bytes until the announced length
    private boolean isClosed; // by the servlet
    private boolean discards; // a response without a body, or one that has ended
    private @Nullable ResponseStream stream;
    private @Nullable OutputStream blocking;
    private @Nullable WriteListener listener;
    private boolean hasFailed; // its listener was told
    private boolean isReady = true;
    private boolean isWaiting; // the servlet was told that it is not ready

    public ServletOutput(Head head, SerialTasks callbacks) {
        this.head = head;
        this.callbacks = callbacks;
    }

    public int capacity() {
        return capacity;
    }

    public void capacity(int bytes) {
        capacity = Math.max(bytes, DEFAULT);
    }

    /** The bytes that were not sent yet. */
    public ByteBuffer buffered() {
        return ByteBuffer.wrap(buffer, 0, count);
    }

    /** Forgets the bytes that were not sent yet, and not the announced length. */
    public void reset() {
        count = 0;
        left = announced;
        isClosed = false;
    }

    /** Nothing is sent beyond that length, also of what is in the buffer already. */
    public void announce(long length) {
        announced = length;
        count = (int) Math.min(count, length);
        left = length - count;
    }

    /** No length is announced. */
    public void announceNothing() {
        announce(Long.MAX_VALUE);
    }

    /** How many bytes of the announced length were not written. */
    public long missing() {
        return announced == Long.MAX_VALUE ? 0 : left;
    }

    /** Everything that is written from now on has no effect. */
    public void discard() {
        discards = true;
        count = 0;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (discards || isClosed || length == 0) {
            return;
        }
        if (listener != null && !mayWrite()) {
            throw new IllegalStateException("The client does not keep up: ask isReady first");
        }
        int taken = (int) Math.min(length, left);
        left -= taken;
        if (stream == null && count + taken <= capacity) {
            buffer(bytes, from, taken);
            return;
        }
        begin();
        pass(bytes, from, taken);
    }

    private void buffer(byte[] bytes, int from, int length) {
        if (count + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(capacity, Math.max(512, 2 * (count + length))));
        }
        System.arraycopy(bytes, from, buffer, count, length);
        count += length;
    }

    /** Commits the response, with what is in the buffer as the first bytes of its body. */
    private void begin() throws IOException {
        if (stream == null && !discards) {
            ResponseStream begun = head.begin();
            stream = begun;
            if (listener == null) {
                blocking = begun.outputStream();
            } else {
                begun.onDrained(this::drained);
            }
            int held = count;
            count = 0;
            pass(buffer, 0, held);
            buffer = new byte[0];
        }
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        if (discards || length == 0) {
            return;
        }
        if (blocking != null) {
            blocking.write(bytes, from, length);
        } else if (stream != null) {
            ready(false); // before the write: the reactor's thread may drain it before this thread continues
            if (stream.write(ByteBuffer.wrap(bytes, from, length))) {
                ready(true);
            } else if (!stream.isOpen()) {
                throw new IOException("The client has disconnected");
            }
        }
    }

    private synchronized boolean mayWrite() {
        return isReady;
    }

    private synchronized void ready(boolean is) {
        isReady = is;
    }

    @Override
    public void flush() throws IOException {
        begin();
        if (blocking != null) {
            blocking.flush();
        } else if (stream != null) {
            stream.flush();
        }
    }

    /** Nothing follows. The response is completed when the servlet has returned. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        if (stream != null && !discards) {
            discards = true;
            end(stream);
        }
    }

    private void end(ResponseStream of) throws IOException {
        if (blocking != null) {
            blocking.close();
        } else {
            of.close();
        }
    }

    @Override
    public synchronized boolean isReady() {
        isWaiting = !isReady;
        return isReady;
    }

    @Override
    public void setWriteListener(WriteListener of) {
        Objects.requireNonNull(of, "A listener");
        callbacks.requireExpected();
        if (listener != null || blocking != null) {
            throw new IllegalStateException(
                    listener != null
                            ? "The response has a listener already"
                            : "The response was begun as a stream that blocks");
        }
        listener = of;
        callbacks.add(this::tell);
    }

    private void drained() {
        boolean tells;
        synchronized (this) {
            isReady = true;
            tells = isWaiting;
            isWaiting = false;
        }
        if (tells) {
            callbacks.add(this::tell);
        }
    }

    /** Tells the listener, if there is one, once that nothing more can be written. For a callback of the request. */
    public void failed(Throwable cause) {
        WriteListener told = listener;
        if (told == null || hasFailed) {
            return;
        }
        hasFailed = true;
        try {
            told.onError(cause);
        } catch (RuntimeException | Error e) { // others still have to hear of it
            LOG.error("A listener of a response's body failed: {}", told, e);
        }
    }

    private void tell() {
        if (hasFailed) {
            return;
        }
        try {
            Objects.requireNonNull(listener).onWritePossible();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }
}
