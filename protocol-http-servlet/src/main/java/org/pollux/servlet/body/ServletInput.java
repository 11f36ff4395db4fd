package org.pollux.servlet.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pollux.http.RequestBody;

/**
 * The body of a request. It blocks the servlet's thread, until it gets a listener; then it is read when there is something
 * (Servlet 6.1, section 3.8).
 */
public final class ServletInput extends ServletInputStream {

    private final BodyQueue queue;
    private final SerialTasks callbacks;
    private @Nullable ReadListener listener;
    private boolean isTold; // the listener was told of all that there is
    private boolean isOver; // the listener was told of the end

    private ServletInput(RequestBody body, SerialTasks callbacks) {
        queue = new BodyQueue(body);
        this.callbacks = callbacks;
    }

    public static ServletInput ofRequest(RequestBody body, SerialTasks callbacks) {
        ServletInput input = new ServletInput(body, callbacks);
        input.queue.hasLength();
        return input;
    }

    /** Of a connection that continues with another protocol, until the client ends its side. */
    public static ServletInput ofUpgraded(RequestBody body, SerialTasks callbacks) {
        return new ServletInput(body, callbacks);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, into.length);
        if (count == 0) {
            return 0;
        }
        int read = queue.poll(into, from, count);
        if (read == 0) {
            if (listener != null) {
                throw new IllegalStateException("Nothing is there to read: ask isReady first");
            }
            queue.await();
            read = queue.poll(into, from, count);
        }
        return read;
    }

    @Override
    public int available() {
        return queue.available();
    }

    @Override
    public boolean isFinished() {
        return queue.isFinished();
    }

    @Override
    public synchronized boolean isReady() {
        if (listener == null || queue.hasSomething()) {
            return true;
        }
        isTold = false; // the next piece is told again
        return queue.hasSomething();
    }

    @Override
    public void setReadListener(ReadListener of) {
        Objects.requireNonNull(of, "A listener");
        callbacks.requireExpected();
        synchronized (this) {
            if (listener != null) {
                throw new IllegalStateException("The body of the request has a listener already");
            }
            listener = of;
        }
        queue.onChange(() -> callbacks.add(this::tell));
        queue.ask();
        callbacks.add(this::tell);
    }

    /** The names are in lower case; null until the body has been read. */
    public @Nullable Map<String, String> trailers() {
        return queue.trailers();
    }

    private void tell() {
        ReadListener told = Objects.requireNonNull(listener);
        synchronized (this) {
            if (isOver || (isTold && queue.failure() == null) || !queue.hasSomething()) {
                return;
            }
            isTold = true;
        }
        try {
            Throwable failure = queue.failure();
            if (failure != null && queue.available() == 0) {
                isOver = true;
                told.onError(failure);
                return;
            }
            if (!queue.isFinished()) {
                told.onDataAvailable();
            }
            if (queue.isFinished()) {
                isOver = true;
                told.onAllDataRead();
            }
        } catch (IOException | RuntimeException e) {
            isOver = true;
            told.onError(e);
        }
    }
}
