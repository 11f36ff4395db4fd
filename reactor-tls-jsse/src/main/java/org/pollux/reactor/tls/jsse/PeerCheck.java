package org.pollux.reactor.tls.jsse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NameTable;
import org.pollux.reactor.tls.base.Revocations;

/** Checks a peer's certificates, as a {@link Trust} says (T7, T9). Immutable, for any thread. */
final class PeerCheck {

    private final Trust trust;

    /** Null for {@link Trust.Anyone}. */
    private final @Nullable X509ExtendedTrustManager paths;

    private PeerCheck(Trust trust, @Nullable X509ExtendedTrustManager paths) {
        this.trust = trust;
        this.paths = paths;
    }

    static PeerCheck of(Trust trust) {
        return new PeerCheck(
                trust,
                switch (trust) {
                    case Trust.Anyone _ -> null;
                    case Trust.Installed _ -> paths(null);
                    case Trust.Authorities some -> paths(store(some.authorities()));
                });
    }

    private static KeyStore store(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(String.valueOf(i), authorities.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK has no store for certificates", e);
        }
    }

    private static X509ExtendedTrustManager paths(@Nullable KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager paths) {
                    return paths;
                }
            }
            throw new IllegalStateException("This JDK has no check for certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no check for certificates", e);
        }
    }

    /** Whom a server names when it asks for a certificate; none where the list would be long. */
    X509Certificate[] issuers() {
        return trust instanceof Trust.Authorities some
                ? some.authorities().toArray(X509Certificate[]::new)
                : new X509Certificate[0];
    }

    /**
     * Checks a chain.
     *
     * @param host for which it must be; null for a client's, which may have any name
     * @throws PeerFault when it is not accepted
     */
    void check(X509Certificate[] chain, String authType, SSLEngine engine, @Nullable String host) throws PeerFault {
        if (paths == null) {
            return;
        }
        X509Certificate own = chain[0];
        try {
            own.checkValidity(); // the JDK does not look at it when the certificate itself is trusted
            if (host == null) {
                paths.checkClientTrusted(chain, authType, engine);
            } else {
                paths.checkServerTrusted(chain, authType, engine);
            }
        } catch (CertificateException e) {
            throw fault(chain, e);
        }
        if (trust instanceof Trust.Authorities some) {
            X509Certificate revoked = Revocations.find(List.of(chain), some);
            if (revoked != null) {
                throw new PeerFault(Reason.REVOKED, "The certificate of " + subject(revoked) + " is revoked", null);
            }
        }
        if (host != null && !NameTable.covers(own, host)) {
            throw new PeerFault(
                    Reason.WRONG_NAME,
                    "The certificate of " + subject(own) + " is not for " + host + ", but for "
                            + CertifiedKey.namesOf(own),
                    null);
        }
    }

    private static PeerFault fault(X509Certificate[] chain, CertificateException cause) {
        String whose = "The certificate of " + subject(chain[0]);
        for (Throwable e = cause; e != null; e = e.getCause()) {
            switch (e) {
                case CertificateExpiredException _ -> {
                    return new PeerFault(
                            Reason.EXPIRED, whose + " or of its issuer has expired: " + e.getMessage(), cause);
                }
                case CertificateNotYetValidException _ -> {
                    return new PeerFault(
                            Reason.NOT_YET_VALID,
                            whose + " or of its issuer is not valid yet: " + e.getMessage(),
                            cause);
                }
                case CertPathBuilderException _ -> {
                    return untrusted(chain, cause);
                }
                case CertPathValidatorException path
                when path.getReason() == PKIXReason.NO_TRUST_ANCHOR -> {
                    return untrusted(chain, cause);
                }
                default -> {}
            }
        }
        return new PeerFault(Reason.BAD_CERTIFICATE, whose + " cannot be used: " + cause.getMessage(), cause);
    }

    private static PeerFault untrusted(X509Certificate[] chain, CertificateException cause) {
        String whose = "The certificate of " + subject(chain[0]);
        return isSelfSigned(chain[0])
                ? new PeerFault(Reason.SELF_SIGNED, whose + " is self-signed, and not trusted", cause)
                : new PeerFault(
                        Reason.UNTRUSTED,
                        whose + " leads to no trusted authority; its chain ends with "
                                + chain[chain.length - 1].getIssuerX500Principal(),
                        cause);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().toString();
    }
}
