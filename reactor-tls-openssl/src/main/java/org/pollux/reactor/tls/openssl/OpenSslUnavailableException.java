package org.pollux.reactor.tls.openssl;

/** The engine cannot work here. The message gives the reason, and the package to install or the flag to pass. */
public final class OpenSslUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OpenSslUnavailableException(String message) {
        super(message);
    }
}
