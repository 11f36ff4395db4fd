package org.pollux.reactor.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A session has failed. The message is a sentence for people; {@link #reason} is for programs and counters. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why. Both sides have the same reason where the alert between them is precise enough. */
    public enum Reason {
        /** The peer's certificate has expired. */
        EXPIRED,
        /** The peer's certificate is not valid yet; often a clock is wrong. */
        NOT_YET_VALID,
        /** The peer's certificate is signed by itself, and is not trusted. */
        SELF_SIGNED,
        /** No trusted authority has signed the peer's certificate. */
        UNTRUSTED,
        /** A list of revocations has a certificate of the peer's chain. */
        REVOKED,
        /** The server's certificate is for other hosts. */
        WRONG_NAME,
        /** Another fault of the peer's certificate: its signature, its key, what it may be used for. */
        BAD_CERTIFICATE,
        /** The peer has no certificate, and needs one. */
        NO_CERTIFICATE,
        /** The peer does not accept this side's certificate, or that it has none. */
        REFUSED_CERTIFICATE,
        /** No version of TLS in common: the peer is too old. */
        VERSION,
        /** No cipher suite, group or kind of signature in common. */
        NO_COMMON_CIPHER,
        /** No protocol in common (RFC 7301). */
        ALPN,
        /** What came is not TLS: a plain HTTP request, for instance. */
        NOT_TLS,
        /** The stream ended without close_notify, or before the handshake was done. */
        TRUNCATED,
        /** The output is over: with TLS 1.2, the peer's close_notify may end both directions (RFC 5246 section 7.2.1). */
        CLOSED,
        /** The peer breaks the protocol, or bytes were changed on the way. */
        PROTOCOL,
        /** The peer gives another reason, in an alert. */
        ALERT,
        /** A fault of this side. */
        INTERNAL
    }

    private final Reason reason;

    /** Makes one; the message says what was wrong, with which value, and the remedy where there is one. */
    public TlsException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Makes one from what the library threw. */
    public TlsException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
