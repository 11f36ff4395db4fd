package org.pollux.http.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.pollux.http.ResponseStream;

/** The stream of a handler whose response was dropped. It is closed from the beginning. */
enum DroppedStream implements ResponseStream {
    INSTANCE;

    @Override
    public boolean write(ByteBuffer data) {
        data.position(data.limit());
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public ResponseStream onDrained(Runnable callback) {
        return this;
    }

    @Override
    public ResponseStream onClosed(Runnable callback) {
        callback.run();
        return this;
    }

    @Override
    public void execute(Runnable task) {}

    @Override
    public ResponseStream every(Duration period, Runnable callback) {
        return this;
    }

    @Override
    public ResponseStream onShutdown(Runnable callback) {
        return this;
    }

    @Override
    public ResponseStream trailer(String name, String value) {
        return this;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public OutputStream outputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw StreamOver.ofResponse();
            }
        };
    }

    @Override
    public void close() {}

    @Override
    public void abort() {}
}
