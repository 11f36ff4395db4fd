package org.pollux.reactor.tls.jsse;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.base.NameTable;

/** The context of a server. The JDK's context, which has the keys of the tickets, is kept by an update where it can be. */
final class JsseServerContext implements TlsServerContext {

    /** Accepts every name, and tells the session, which must know it before the JDK looks at a ticket. */
    private static final SNIMatcher ASKED_NAME = new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
        @Override
        public boolean matches(SNIServerName name) {
            if (name instanceof SNIHostName host) {
                JsseSession.atWork().askedName(NameTable.canonical(host.getAsciiName()));
            }
            return true;
        }
    };

    private final Buffers buffers;
    private volatile State state;
    private volatile boolean closed;

    /** What changes together. */
    private record State(SSLContext context, SSLParameters parameters, ServerRole role) {}

    JsseServerContext(TlsServerSettings settings, Buffers buffers) {
        this.buffers = buffers;
        this.state = state(settings, Contexts.newContext());
    }

    @Override
    public TlsSession open(CipherStream below) {
        requireOpen();
        State now = state;
        boolean resumes = !now.role.settings().resumption().isZero();
        SSLEngine engine = (resumes ? now.context : Contexts.newContext()).createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(now.parameters);
        return new JsseSession(engine, now.role, null, below, buffers);
    }

    /** Not at the same time as another update: the second one could continue from settings that are gone. */
    @Override
    public synchronized void update(TlsServerSettings next) {
        requireOpen();
        TlsServerSettings previous = state.role.settings();
        boolean sameClients =
                next.clientAuth() == previous.clientAuth() && next.clientTrust().equals(previous.clientTrust());
        state = state(next, sameClients ? state.context : Contexts.newContext());
    }

    private static State state(TlsServerSettings settings, SSLContext context) {
        SSLParameters parameters = Contexts.parameters(settings.oldest(), settings.newest(), settings.cipherSuites());
        parameters.setSNIMatchers(List.of(ASKED_NAME));
        switch (settings.clientAuth()) {
            case NONE -> {}
            case WANTED -> parameters.setWantClientAuth(true);
            case NEEDED -> parameters.setNeedClientAuth(true);
        }
        Contexts.check(context, parameters);
        Contexts.setTimeout(context.getServerSessionContext(), settings.resumption());
        return new State(context, parameters, ServerRole.of(settings));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The context is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
