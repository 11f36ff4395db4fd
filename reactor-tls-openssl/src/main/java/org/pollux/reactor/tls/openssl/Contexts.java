package org.pollux.reactor.tls.openssl;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.NameTable;

/**
 * The {@code SSL_CTX}s of one edition of the settings, with the callbacks that they have here. Sessions use them, and the last one
 * frees them.
 */
abstract class Contexts extends Shared {

    private final Workspaces workspaces;
    private final List<Long> contexts = new ArrayList<>();
    private final Map<Long, CertifiedKey> certificates = new HashMap<>();
    final Upcalls upcalls = new Upcalls();

    Contexts(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    final Workspaces workspaces() {
        return workspaces;
    }

    /** Adds a new context, which is freed with this. */
    final long add(long ctx) {
        contexts.add(ErrorQueue.nonNull(ctx, "context"));
        return ctx;
    }

    /** Remembers whose {@code X509} this is, while a context has it. */
    final void add(long x509, CertifiedKey certified) {
        certificates.put(x509, certified);
    }

    /** The owner of an {@code X509}; null when it is of another edition. */
    final @Nullable CertifiedKey certified(long x509) {
        return certificates.get(x509);
    }

    /** What the peers of a session have agreed. */
    final TlsInfo info(long ssl) {
        long own = Ssl.GET_CERTIFICATE.call(ssl);
        return new TlsInfo(
                version(Memory.string(Ssl.GET_VERSION.call(ssl))),
                Memory.string(Ssl.CIPHER_STANDARD_NAME.call(Ssl.GET_CURRENT_CIPHER.call(ssl))),
                Alpn.selected(ssl),
                serverName(ssl),
                own == 0 ? null : certificate(own),
                Certificates.ofPeer(ssl),
                Ssl.SESSION_REUSED.call(ssl) == 1);
    }

    private static TlsVersion version(String text) {
        return text.equals(TlsVersion.TLS_1_3.toString()) ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
    }

    static @Nullable String serverName(long ssl) {
        long name = Ssl.GET_SERVERNAME.call(ssl, Ssl.NAMETYPE_HOST_NAME);
        return name == 0 ? null : NameTable.canonical(Memory.string(name));
    }

    private X509Certificate certificate(long x509) {
        CertifiedKey known = certified(x509);
        return known != null ? known.certificate() : Certificates.certificate(x509);
    }

    /**
     * Continues a session that another version of the engine has detached. It keeps the {@code SSL_CTX} with which it was opened.
     *
     * @param own the contexts that it gets for the rest, retained
     */
    static OpenSslSession adopt(Supplier<? extends Contexts> own, long ssl, CipherStream below) {
        try {
            return new OpenSslSession(own.get(), below, ssl, "", true);
        } catch (RuntimeException | Error e) {
            Ssl.FREE.call(ssl);
            throw e;
        }
    }

    /** Sessions that were detached may use a context still, but none of its callbacks. */
    @Override
    protected final void free() {
        for (long ctx : contexts) {
            removeCallbacks(ctx);
            SslCtx.FREE.call(ctx);
        }
        upcalls.close();
    }

    /** Called before a session is given away: from now on it calls nothing here, whatever it does. */
    abstract void beforeDetaching();

    abstract void removeCallbacks(long ctx);
}
