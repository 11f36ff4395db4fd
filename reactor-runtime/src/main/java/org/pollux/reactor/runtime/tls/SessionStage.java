package org.pollux.reactor.runtime.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsSession;

/** Moves the bytes of a session, of either side. For the loop's thread. */
abstract class SessionStage extends Stage {

    /** What the session reads from and writes to. */
    final CipherStream cipher;

    /** Null until the handshake begins, or while there is no engine. */
    private @Nullable TlsSession session;

    SessionStage(StageContext context, Transport below) {
        super(context, below);
        this.cipher = new CipherStream() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return below.read(target);
            }

            @Override
            public long write(ByteBuffer[] data, int from, int count) throws IOException {
                return below.write(data, from, count);
            }
        };
    }

    final void session(TlsSession opened) {
        session = opened;
    }

    final TlsSession session() {
        return requireNonNull(session, "There is no session yet");
    }

    final boolean hasSession() {
        return session != null;
    }

    /** A peer that leaves out close_notify when this side has ended the connection anyway does no harm. */
    @Override
    public final int read(ByteBuffer target) throws IOException {
        try {
            return session().read(target);
        } catch (TlsException e) {
            if (e.reason() == TlsException.Reason.TRUNCATED
                    && !context.connection().isOpen()) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public final long write(ByteBuffer[] data, int from, int count) throws IOException {
        return session().write(data, from, count);
    }

    @Override
    public final void flush() throws IOException {
        super.flush();
        if (session != null) {
            session.flush();
        }
    }

    @Override
    public final int kept() {
        return (session == null ? 0 : session.unsent()) + super.kept();
    }

    @Override
    public final boolean finish() throws IOException {
        TlsSession ending = session();
        ending.closeNotify();
        return ending.unsent() == 0 && super.finish();
    }

    @Override
    public void free() {
        if (session != null) {
            session.free();
        }
        super.free();
    }
}
