package org.pollux.reactor.tck.tls.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;

/** Forwards all calls to a sound session. */
class RelaySession implements TlsSession {

    final TlsSession sound;

    RelaySession(TlsSession sound) {
        this.sound = sound;
    }

    @Override
    public Status handshake() throws IOException {
        return sound.handshake();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return sound.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return sound.write(data, from, count);
    }

    @Override
    public boolean hasPlain() {
        return sound.hasPlain();
    }

    @Override
    public int unsent() {
        return sound.unsent();
    }

    @Override
    public void flush() throws IOException {
        sound.flush();
    }

    @Override
    public void closeNotify() throws IOException {
        sound.closeNotify();
    }

    @Override
    public TlsInfo info() {
        return sound.info();
    }

    @Override
    public OptionalLong detach() {
        return sound.detach();
    }

    @Override
    public void free() {
        sound.free();
    }
}
