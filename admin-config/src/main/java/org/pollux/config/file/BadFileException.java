package org.pollux.config.file;

/** A file that cannot be used at all. The message gives the reason and the remedy. */
public final class BadFileException extends Exception {

    BadFileException(String message) {
        super(message);
    }

    BadFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
