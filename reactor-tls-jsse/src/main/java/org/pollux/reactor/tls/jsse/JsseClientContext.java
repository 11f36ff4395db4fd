package org.pollux.reactor.tls.jsse;

import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.base.NameTable;

/** The context of a client; the JDK's own keeps the sessions to resume. */
final class JsseClientContext implements TlsClientContext {

    private static final int SESSIONS = 1_000;

    private final TlsClientSettings settings;
    private final Buffers buffers;
    private final SSLContext context = Contexts.newContext();
    private final PeerCheck check;
    private volatile boolean closed;

    JsseClientContext(TlsClientSettings settings, Buffers buffers) {
        this.settings = settings;
        this.buffers = buffers;
        this.check = PeerCheck.of(settings.trust());
        context.getClientSessionContext().setSessionCacheSize(SESSIONS);
        Contexts.setTimeout(context.getClientSessionContext(), settings.resumption());
        Contexts.check(context, parameters());
    }

    private SSLParameters parameters() {
        SSLParameters parameters = Contexts.parameters(settings.oldest(), settings.newest(), settings.cipherSuites());
        parameters.setApplicationProtocols(settings.alpn().toArray(String[]::new));
        return parameters;
    }

    @Override
    public TlsSession open(CipherStream below, String host, int port) {
        if (closed) {
            throw new IllegalStateException("The context is closed");
        }
        String name = NameTable.canonical(host);
        SSLParameters parameters = parameters();
        boolean isName = !isAddress(name);
        if (isName) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        boolean resumes = !settings.resumption().isZero();
        SSLEngine engine = resumes ? context.createSSLEngine(name, port) : context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters);
        return new JsseSession(engine, new ClientRole(settings, check, name), isName ? name : null, below, buffers);
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
