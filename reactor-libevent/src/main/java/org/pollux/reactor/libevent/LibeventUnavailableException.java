package org.pollux.reactor.libevent;

/** The backend cannot work here. The message gives the reason, and the package to install or the flag to pass. */
public final class LibeventUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LibeventUnavailableException(String message) {
        super(message);
    }

    LibeventUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
