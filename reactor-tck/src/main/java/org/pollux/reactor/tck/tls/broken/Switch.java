package org.pollux.reactor.tck.tls.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.tls.CipherStream;

/** A stream that is another one later. */
final class Switch implements CipherStream {

    private CipherStream now;

    Switch(CipherStream first) {
        this.now = first;
    }

    void to(CipherStream next) {
        now = next;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return now.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return now.write(data, from, count);
    }
}
