package org.pollux.config.check;

/** A value that may not be; the message says what is allowed, as the rest of a sentence: {@code "must be a whole number"}. */
final class BadValueException extends Exception {

    BadValueException(String allowed) {
        super(allowed);
    }
}
