package org.pollux.http.server.contract;

import java.nio.ByteBuffer;
import java.util.List;
import org.pollux.http.BodyEncoder;

/** Throws at the first byte. */
record FailingEncoder(List<String> log) implements BodyEncoder {

    @Override
    public ByteBuffer encode(ByteBuffer body) {
        throw new IllegalStateException("on purpose");
    }

    @Override
    public ByteBuffer finish() {
        throw new AssertionError();
    }

    @Override
    public void close() {
        log.add("closed");
    }
}
