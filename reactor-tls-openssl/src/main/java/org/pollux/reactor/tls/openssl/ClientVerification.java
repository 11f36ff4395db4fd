package org.pollux.reactor.tls.openssl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.Trust;

/** Whether a server asks its clients for a certificate, and which ones it accepts. */
final class ClientVerification {

    private ClientVerification() {}

    static void set(long ctx, ClientAuth auth, Trust trust, Upcalls upcalls) {
        if (auth != ClientAuth.NONE) {
            int mode = SslCtx.VERIFY_PEER | (auth == ClientAuth.NEEDED ? SslCtx.VERIFY_FAIL_IF_NO_PEER_CERT : 0);
            TrustStore.set(ctx, trust, mode, upcalls);
            if (trust instanceof Trust.Authorities authorities) {
                authorities.authorities().forEach(authority -> name(ctx, authority));
            }
        }
        byte[] id = identity(auth, trust);
        try (Frame frame = new Frame()) {
            SslCtx.SET_SESSION_ID_CONTEXT.call(ctx, frame.bytes(id), id.length);
        }
    }

    /** The client is told the names of authorities, to choose its certificate. */
    private static void name(long ctx, X509Certificate authority) {
        long x509 = Certificates.x509(authority);
        SslCtx.ADD_CLIENT_CA.call(ctx, x509);
        Crypto.X509_FREE.call(x509);
    }

    /** A ticket is good only where this is the same, so that a client is not accepted for ever. */
    private static byte[] identity(ClientAuth auth, Trust trust) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(octets(auth.name()));
            if (auth != ClientAuth.NONE) {
                digest.update(octets(trust.getClass().getSimpleName()));
                if (trust instanceof Trust.Authorities authorities) {
                    for (X509Certificate authority : authorities.authorities()) {
                        digest.update(authority.getEncoded());
                    }
                    for (X509CRL list : authorities.revocations()) {
                        digest.update(list.getEncoded());
                    }
                }
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The authorities for certificates of clients have no encoding", e);
        }
    }

    private static byte[] octets(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
