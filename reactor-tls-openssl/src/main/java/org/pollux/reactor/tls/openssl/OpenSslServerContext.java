package org.pollux.reactor.tls.openssl;

import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;

/** A server's settings: contexts of OpenSSL are never changed, an update replaces them. */
final class OpenSslServerContext implements TlsServerContext {

    private final Workspaces workspaces;

    /** Encrypts tickets where the settings have no key; the same for all editions. */
    private final TicketKey ownKey = TicketKey.random();

    private ServerContexts current;
    private boolean closed;

    OpenSslServerContext(TlsServerSettings settings, Workspaces workspaces) {
        this.workspaces = workspaces;
        this.current = new ServerContexts(settings, ownKey, workspaces);
    }

    @Override
    public TlsSession open(CipherStream below) {
        return using().open(below);
    }

    @Override
    public TlsSession adopt(long detached, CipherStream below) {
        return Contexts.adopt(this::using, detached, below);
    }

    /** The edition in force, retained for a session. */
    private synchronized ServerContexts using() {
        requireOpen();
        current.retain();
        return current;
    }

    @Override
    public void update(TlsServerSettings next) {
        replace(new ServerContexts(next, ownKey, workspaces));
    }

    private synchronized void replace(ServerContexts next) {
        if (closed) {
            next.release();
            requireOpen();
        }
        current.release();
        current = next;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The context is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            current.release();
        }
    }
}
