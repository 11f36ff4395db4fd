package org.pollux.reactor.tls.openssl;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.SecureDefaults;

/** What the contexts of servers and of clients have in common. */
final class ContextSetup {

    private static final int MODES = SslCtx.MODE_ACCEPT_MOVING_WRITE_BUFFER
            | SslCtx.MODE_AUTO_RETRY
            | SslCtx.MODE_NO_AUTO_CHAIN
            | SslCtx.MODE_RELEASE_BUFFERS;

    private ContextSetup() {}

    /** A new {@code SSL_CTX}: secure, without memory for idle sessions, without a cache of sessions. */
    static long create(Contexts owner, TlsVersion oldest, TlsVersion newest, List<String> suites, Duration resumption) {
        CipherSuites allowed = CipherSuites.of(suites);
        long ctx = owner.add(SslCtx.NEW.call(SslCtx.TLS_METHOD.call()));
        SslCtx.CTRL.call(ctx, SslCtx.CTRL_MODE, MODES, 0);
        SslCtx.CTRL.call(ctx, SslCtx.CTRL_SET_SESS_CACHE_MODE, SslCtx.SESS_CACHE_OFF, 0);
        SslCtx.SET_OPTIONS.call(ctx, SslCtx.OP_NO_COMPRESSION | SslCtx.OP_NO_RENEGOTIATION);
        SslCtx.SET_TIMEOUT.call(ctx, resumption.toSeconds());
        versions(ctx, oldest, newest, allowed);
        try (Frame frame = new Frame()) {
            SslCtx.CTRL.call(
                    ctx, SslCtx.CTRL_SET_GROUPS_LIST, 0, frame.string(String.join(":", SecureDefaults.GROUPS)));
            check(SslCtx.SET_CIPHERSUITES.call(ctx, frame.string(allowed.tls13())), suites);
            if (!allowed.tls12().isEmpty()) {
                check(SslCtx.SET_CIPHER_LIST.call(ctx, frame.string(allowed.tls12())), suites);
            }
        }
        return ctx;
    }

    private static void versions(long ctx, TlsVersion oldest, TlsVersion newest, CipherSuites suites) {
        boolean tls12 = oldest == TlsVersion.TLS_1_2 && suites.serve(TlsVersion.TLS_1_2);
        boolean tls13 = newest == TlsVersion.TLS_1_3 && suites.serve(TlsVersion.TLS_1_3);
        if (!tls12 && !tls13) {
            throw new IllegalArgumentException("None of the cipher suites is one of " + oldest + " to " + newest
                    + "; add one, or another version");
        }
        SslCtx.CTRL.call(ctx, SslCtx.CTRL_SET_MIN_PROTO_VERSION, tls12 ? SslCtx.TLS1_2 : SslCtx.TLS1_3, 0);
        SslCtx.CTRL.call(ctx, SslCtx.CTRL_SET_MAX_PROTO_VERSION, tls13 ? SslCtx.TLS1_3 : SslCtx.TLS1_2, 0);
    }

    private static void check(long result, List<String> suites) {
        if (result != 1) {
            throw new IllegalArgumentException(
                    "OpenSSL does not take the cipher suites " + suites + ": " + ErrorQueue.take());
        }
    }

    /** Gives a context a key and its certificates. One of each kind of key has its place. */
    static void certify(long ctx, CertifiedKey certified, Contexts owner) {
        long key = Certificates.privateKey(certified);
        long own = Certificates.x509(certified.certificate());
        long issuers = Crypto.SK_NEW_NULL.call();
        try {
            List<X509Certificate> chain = certified.chain();
            for (X509Certificate issuer : chain.subList(1, chain.size())) {
                Crypto.SK_PUSH.call(issuers, Certificates.x509(issuer));
            }
            if (SslCtx.USE_CERT_AND_KEY.call(ctx, own, key, issuers, 1) != 1) {
                throw new IllegalArgumentException("OpenSSL does not take the " + certified + ": " + ErrorQueue.take());
            }
            owner.add(own, certified);
        } finally {
            // the context has counted its own uses
            for (int i = 0; i < Crypto.SK_NUM.call(issuers); i++) {
                Crypto.X509_FREE.call(Crypto.SK_VALUE.call(issuers, i));
            }
            Crypto.SK_FREE.call(issuers);
            Crypto.X509_FREE.call(own);
            Crypto.EVP_PKEY_FREE.call(key);
        }
    }
}
