package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.TlsException.Reason.ALERT;
import static org.pollux.reactor.tls.TlsException.Reason.ALPN;
import static org.pollux.reactor.tls.TlsException.Reason.BAD_CERTIFICATE;
import static org.pollux.reactor.tls.TlsException.Reason.EXPIRED;
import static org.pollux.reactor.tls.TlsException.Reason.INTERNAL;
import static org.pollux.reactor.tls.TlsException.Reason.NOT_TLS;
import static org.pollux.reactor.tls.TlsException.Reason.NOT_YET_VALID;
import static org.pollux.reactor.tls.TlsException.Reason.NO_CERTIFICATE;
import static org.pollux.reactor.tls.TlsException.Reason.NO_COMMON_CIPHER;
import static org.pollux.reactor.tls.TlsException.Reason.PROTOCOL;
import static org.pollux.reactor.tls.TlsException.Reason.REFUSED_CERTIFICATE;
import static org.pollux.reactor.tls.TlsException.Reason.REVOKED;
import static org.pollux.reactor.tls.TlsException.Reason.SELF_SIGNED;
import static org.pollux.reactor.tls.TlsException.Reason.UNTRUSTED;
import static org.pollux.reactor.tls.TlsException.Reason.VERSION;
import static org.pollux.reactor.tls.TlsException.Reason.WRONG_NAME;

import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;

/** Says why a session failed: OpenSSL's reasons (of {@code openssl/sslerr.h} and {@code x509_vfy.h}) in Pollux's words. */
final class Failures {

    private static final int CERTIFICATE_VERIFY_FAILED = 134;

    /** The reasons from here on are alerts of the peer. */
    private static final int ALERTS = 1_000;

    private Failures() {}

    /**
     * The failure that the error queue tells. Empties it.
     *
     * @param open whether the handshake was done
     */
    static TlsException of(long ssl, boolean open) {
        int reason = ErrorQueue.firstReason();
        String text = ErrorQueue.take();
        if (reason == CERTIFICATE_VERIFY_FAILED) {
            return ofCertificate((int) Ssl.GET_VERIFY_RESULT.call(ssl));
        }
        if (reason >= ALERTS) {
            int alert = reason - ALERTS;
            return new TlsException(
                    ofAlert(alert, open), "The peer ended TLS with the alert " + alert + " (" + text + ")");
        }
        return new TlsException(of(reason, open), "TLS failed: " + text);
    }

    private static TlsException ofCertificate(int error) {
        String text = Memory.string(Crypto.X509_VERIFY_CERT_ERROR_STRING.call(error));
        return new TlsException(ofVerification(error), "The certificate of the peer is not accepted: " + text);
    }

    private static Reason of(int reason, boolean open) {
        return switch (reason) {
            // https proxy request, http request, wrong version number, packet length too long, unknown protocol
            case 155, 156, 267, 198, 252 -> open ? PROTOCOL : NOT_TLS; // a peer that has shaken hands speaks TLS
            case 116, 166, 191, 258, 259, 266, 396 -> VERSION;
            case 101, 118, 181, 193, 295, 297, 376, 410 -> NO_COMMON_CIPHER;
            case 199 -> NO_CERTIFICATE;
            case 235 -> ALPN;
            case 234, 177, 179 -> INTERNAL; // a callback failed; no certificate is set
            case 397, 398, 399 -> BAD_CERTIFICATE; // a key that is too small, a digest that is too weak
            default -> PROTOCOL;
        };
    }

    /** Of RFC 8446 section 6. */
    private static Reason ofAlert(int alert, boolean open) {
        return switch (alert) {
            case 40 -> open ? PROTOCOL : NO_COMMON_CIPHER; // later, because a renegotiation was refused
            case 71 -> NO_COMMON_CIPHER;
            case 42, 43, 44, 45, 46, 48, 49, 116 -> REFUSED_CERTIFICATE;
            case 70 -> VERSION;
            case 120 -> ALPN;
            default -> ALERT;
        };
    }

    private static Reason ofVerification(int error) {
        return switch (error) {
            case 9 -> NOT_YET_VALID;
            case 10 -> EXPIRED;
            case 18 -> SELF_SIGNED;
            case 2, 19, 20, 21, 27 -> UNTRUSTED;
            case 23 -> REVOKED;
            case 62, 64 -> WRONG_NAME;
            default -> BAD_CERTIFICATE;
        };
    }
}
