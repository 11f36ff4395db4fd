package org.pollux.reactor.tls.jsse;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsException.Reason;

/** A peer's certificate is not accepted: carries the reason through the JDK's exceptions. */
final class PeerFault extends CertificateException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    PeerFault(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
