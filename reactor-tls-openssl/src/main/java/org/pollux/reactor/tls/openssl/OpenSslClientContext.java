package org.pollux.reactor.tls.openssl;

import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsSession;

/** A client's settings. */
final class OpenSslClientContext implements TlsClientContext {

    private final ClientContexts contexts;
    private boolean closed;

    OpenSslClientContext(TlsClientSettings settings, Workspaces workspaces) {
        this.contexts = new ClientContexts(settings, workspaces);
    }

    @Override
    public TlsSession open(CipherStream below, String host, int port) {
        return using().open(below, host, port);
    }

    @Override
    public TlsSession adopt(long detached, CipherStream below) {
        return Contexts.adopt(this::using, detached, below);
    }

    /** Retained for a session. */
    private synchronized ClientContexts using() {
        if (closed) {
            throw new IllegalStateException("The context is closed");
        }
        contexts.retain();
        return contexts;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            contexts.forget();
            contexts.release();
        }
    }
}
