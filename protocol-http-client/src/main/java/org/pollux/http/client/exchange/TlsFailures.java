package org.pollux.http.client.exchange;

import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.tls.TlsException;

/** Says why there is no TLS with a server, in the same words whichever engine it was. */
public final class TlsFailures {

    private TlsFailures() {}

    /** Whether the connection has ended without TLS's own end: to the exchange, any lost connection. */
    static boolean isTruncation(TlsException cause) {
        return cause.reason() == TlsException.Reason.TRUNCATED;
    }

    /** After the handshake. With TLS 1.3, a server looks at the client's certificate only then. */
    static HttpFailure established(Origin origin, TlsException cause, String message) {
        return cause.reason() == TlsException.Reason.REFUSED_CERTIFICATE
                ? of(origin, cause)
                : new HttpFailure(Reason.TLS, message, cause);
    }

    /** Of the handshake. */
    public static HttpFailure of(Origin origin, TlsException cause) {
        return new HttpFailure(Reason.TLS, message(origin, cause), cause);
    }

    private static String message(Origin origin, TlsException cause) {
        String certificate = "the certificate of " + origin;
        return switch (cause.reason()) {
            case EXPIRED -> certificate + " has expired";
            case NOT_YET_VALID -> certificate + " is not valid yet; check the clock of this machine";
            case SELF_SIGNED -> certificate + " is self-signed, and is not trusted";
            case UNTRUSTED -> certificate + " has an unknown issuer: no trusted authority has signed it";
            case REVOKED -> certificate + " is revoked";
            case WRONG_NAME -> certificate + " is for another host, and not for " + origin.address();
            case BAD_CERTIFICATE -> certificate + " cannot be used: " + cause.getMessage();
            case REFUSED_CERTIFICATE -> origin + " does not accept the client's certificate, or that it has none";
            case VERSION -> origin + " speaks only versions of TLS that are too old, or that the client does not allow";
            case NOT_TLS -> origin + " does not speak TLS; use http:// if the server offers it";
            case TRUNCATED -> "the TLS handshake with " + origin + " was truncated: the server closed the connection";
            default -> "the TLS handshake with " + origin + " failed: " + cause.getMessage();
        };
    }
}
