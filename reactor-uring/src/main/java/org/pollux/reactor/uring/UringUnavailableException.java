package org.pollux.reactor.uring;

/** The backend cannot work here. The message gives the reason, and the setting to change or the flag to pass. */
public final class UringUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UringUnavailableException(String message) {
        super(message);
    }

    UringUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
