package org.pollux.reactor.runtime.tls;

import java.io.IOException;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.tls.TlsSession;

/**
 * TLS on a connection that this side opens. Nothing holds its handshake back, because only a server's uses a private key for
 * every client. For the loop's thread.
 */
final class ClientTlsStage extends SessionStage {

    private final ConnectOptions.Tls tls;
    private final int port;
    private boolean established;

    ClientTlsStage(StageContext context, Transport below, ConnectOptions.Tls tls, int port) {
        super(context, below);
        this.tls = tls;
        this.port = port;
    }

    @Override
    protected boolean shake() throws IOException {
        if (!hasSession()) {
            session(open());
        }
        TlsSession session = session();
        TlsSession.Status status = session.handshake();
        while (status == TlsSession.Status.KEY) {
            status = session.handshake();
        }
        if (status == TlsSession.Status.DONE) {
            established = true;
            context.established(session.info());
        }
        return established;
    }

    /** A context that was closed meanwhile ends this connection. It is not a fault of the stage. */
    private TlsSession open() throws IOException {
        try {
            return tls.context().open(cipher, tls.host(), port);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("No TLS with " + tls.host() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasMore() {
        return (established && session().hasPlain()) || super.hasMore();
    }
}
