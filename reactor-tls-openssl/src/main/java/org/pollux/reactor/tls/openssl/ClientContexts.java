package org.pollux.reactor.tls.openssl;

import static java.lang.invoke.MethodHandles.lookup;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.util.regex.Pattern;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.Trust;

/** The one context of a client, and its sessions to resume. */
final class ClientContexts extends Contexts {

    private static final FunctionDescriptor SESSION_MADE = Upcalls.type(POINTER, POINTER);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?");

    // flags of openssl/x509v3.h
    private static final int NO_PARTIAL_WILDCARDS = 0x4;
    private static final int NEVER_CHECK_SUBJECT = 0x20;

    private final TlsClientSettings settings;
    private final SessionCache sessions;
    private final long ctx;

    ClientContexts(TlsClientSettings settings, Workspaces workspaces) {
        super(workspaces);
        this.settings = settings;
        this.sessions = new SessionCache(settings.resumption());
        try {
            this.ctx = ContextSetup.create(
                    this, settings.oldest(), settings.newest(), settings.cipherSuites(), settings.resumption());
            int mode = settings.trust() instanceof Trust.Anyone ? SslCtx.VERIFY_NONE : SslCtx.VERIFY_PEER;
            TrustStore.set(ctx, settings.trust(), mode, upcalls);
            CertifiedKey own = settings.certificate();
            if (own != null) {
                ContextSetup.certify(ctx, own, this);
            }
            offer(Alpn.list(settings.alpn()));
            resume();
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private void offer(byte[] protocols) {
        if (protocols.length > 0) {
            try (Frame frame = new Frame()) {
                SslCtx.SET_ALPN_PROTOS.call(ctx, frame.bytes(protocols), protocols.length);
            }
        }
    }

    private void resume() {
        if (settings.resumption().isZero()) {
            SslCtx.SET_OPTIONS.call(ctx, SslCtx.OP_NO_TICKET);
        } else {
            SslCtx.CTRL.call(ctx, SslCtx.CTRL_SET_SESS_CACHE_MODE, SslCtx.SESS_CACHE_CLIENT_OUTSIDE, 0);
            SslCtx.SESS_SET_NEW_CB.call(ctx, upcalls.stub(lookup(), this, "sessionMade", 0, SESSION_MADE));
        }
    }

    /** Opens a session, which uses this until it is freed. The caller has {@linkplain #retain retained} this for it. */
    OpenSslSession open(CipherStream below, String host, int port) {
        long ssl = ErrorQueue.nonNull(Ssl.NEW.call(ctx), "connection");
        try {
            Ssl.SET_CONNECT_STATE.call(ssl);
            expect(ssl, host);
        } catch (RuntimeException | Error e) {
            Ssl.FREE.call(ssl);
            throw e;
        }
        String server = host + ":" + port;
        sessions.resume(ssl, server);
        return new OpenSslSession(this, below, ssl, server, false);
    }

    /** The name or the address that the certificate must have. */
    private static void expect(long ssl, String host) {
        long parameters = Ssl.GET0_PARAM.call(ssl);
        try (Frame frame = new Frame()) {
            if (Crypto.X509_VERIFY_PARAM_SET1_IP_ASC.call(parameters, frame.string(host)) == 1) {
                return;
            }
            ErrorQueue.clear();
            if (!NAME.matcher(host).matches()) {
                throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
            }
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            Crypto.X509_VERIFY_PARAM_SET_HOSTFLAGS.call(parameters, NO_PARTIAL_WILDCARDS | NEVER_CHECK_SUBJECT);
            Crypto.X509_VERIFY_PARAM_SET1_HOST.call(parameters, frame.string(name), 0);
            Ssl.CTRL.call(ssl, Ssl.CTRL_SET_TLSEXT_HOSTNAME, Ssl.NAMETYPE_HOST_NAME, frame.string(name));
        }
    }

    /** {@code SSL_CTX_sess_set_new_cb}: in a handshake or later. The result is whether the session is kept. */
    @SuppressWarnings("unused") // by name
    private int sessionMade(long ssl, long session) {
        OpenSslSession current = workspaces().current().active;
        return current != null && sessions.put(current.server(), session) ? 1 : 0;
    }

    /** No session is resumed after the close. */
    void forget() {
        sessions.close();
    }

    /** The peer may send tickets at any time. From now on they are not kept. */
    @Override
    void beforeDetaching() {
        removeCallbacks(ctx);
    }

    @Override
    void removeCallbacks(long ctx) {
        SslCtx.SESS_SET_NEW_CB.call(ctx, 0);
    }
}
