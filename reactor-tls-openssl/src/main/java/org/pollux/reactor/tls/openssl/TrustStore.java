package org.pollux.reactor.tls.openssl;

import static java.lang.invoke.MethodHandles.lookup;

import java.lang.foreign.FunctionDescriptor;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.pollux.reactor.tls.Trust;

/** Whose certificates are accepted, as OpenSSL keeps it: an {@code X509_STORE}. */
final class TrustStore {

    /** Any certificate of the store ends a chain, not only one that is signed by itself. */
    private static final long X509_V_FLAG_PARTIAL_CHAIN = 0x80000;

    private static final long X509_V_FLAG_CRL_CHECK = 0x4;
    private static final long X509_V_FLAG_CRL_CHECK_ALL = 0x8;

    private static final int X509_V_OK = 0;
    private static final int X509_V_ERR_UNABLE_TO_GET_CRL = 3;
    private static final int X509_V_ERR_CRL_NOT_YET_VALID = 11;
    private static final int X509_V_ERR_CRL_HAS_EXPIRED = 12;

    private static final FunctionDescriptor VERIFY = Upcalls.type(CFunction.INT, CFunction.POINTER);

    private TrustStore() {}

    /** What a context verifies, and how. */
    static void set(long ctx, Trust trust, int mode, Upcalls upcalls) {
        switch (trust) {
            case Trust.Installed _ -> {
                SslCtx.SET_DEFAULT_VERIFY_PATHS.call(ctx);
                SslCtx.SET_VERIFY.call(ctx, mode, 0);
            }
            case Trust.Anyone _ ->
                SslCtx.SET_VERIFY.call(ctx, mode, upcalls.stub(lookup(), TrustStore.class, "acceptAll", 0, VERIFY));
            case Trust.Authorities authorities -> {
                long store = store(authorities, upcalls);
                SslCtx.SET1_CERT_STORE.call(ctx, store);
                Crypto.X509_STORE_FREE.call(store);
                SslCtx.SET_VERIFY.call(ctx, mode, 0);
            }
        }
    }

    private static long store(Trust.Authorities trust, Upcalls upcalls) {
        long store = ErrorQueue.nonNull(Crypto.X509_STORE_NEW.call(), "store of certificates");
        Crypto.X509_STORE_SET_FLAGS.call(store, X509_V_FLAG_PARTIAL_CHAIN);
        for (X509Certificate authority : trust.authorities()) {
            long x509 = Certificates.x509(authority);
            Crypto.X509_STORE_ADD_CERT.call(store, x509);
            Crypto.X509_FREE.call(x509);
        }
        if (!trust.revocations().isEmpty()) {
            Crypto.X509_STORE_SET_FLAGS.call(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
            Crypto.X509_STORE_SET_VERIFY_CB.call(
                    store, upcalls.stub(lookup(), TrustStore.class, "acceptWithoutList", 0, VERIFY));
            trust.revocations().forEach(list -> add(store, list));
        }
        return store;
    }

    private static void add(long store, X509CRL list) {
        try (Frame frame = new Frame()) {
            byte[] der = list.getEncoded();
            long crl = Crypto.D2I_X509_CRL.call(0, frame.pointerTo(der), der.length);
            if (crl == 0) {
                throw new IllegalArgumentException("OpenSSL cannot read the list of revocations of "
                        + list.getIssuerX500Principal() + ": " + ErrorQueue.take());
            }
            Crypto.X509_STORE_ADD_CRL.call(store, crl);
            Crypto.X509_CRL_FREE.call(crl);
        } catch (CRLException e) {
            throw new IllegalArgumentException("This list of revocations has no encoding: " + list, e);
        }
    }

    // ---- called by OpenSSL for each certificate of a chain: 1 to go on

    @SuppressWarnings("unused") // by name
    private static int acceptAll(int ok, long store) {
        Crypto.X509_STORE_CTX_SET_ERROR.call(store, X509_V_OK);
        return 1;
    }

    /** OpenSSL wants a list of every authority, and an up-to-date one. */
    @SuppressWarnings("unused") // by name
    private static int acceptWithoutList(int ok, long store) {
        int error = (int) Crypto.X509_STORE_CTX_GET_ERROR.call(store);
        if (error == X509_V_ERR_UNABLE_TO_GET_CRL
                || error == X509_V_ERR_CRL_NOT_YET_VALID
                || error == X509_V_ERR_CRL_HAS_EXPIRED) {
            Crypto.X509_STORE_CTX_SET_ERROR.call(store, X509_V_OK);
            return 1;
        }
        return ok;
    }
}
