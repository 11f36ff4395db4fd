package org.pollux.reactor.server.certificates;

/** A certificate, a key or a list cannot be used; the message says why, and what helps. */
public final class BadCertificateException extends Exception {

    private static final long serialVersionUID = 1;

    BadCertificateException(String message) {
        super(message);
    }

    BadCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
