package org.pollux.config.check;

/** A value that is not allowed. The message is the rest of a sentence: {@code "must be a whole number"}. */
final class BadValueException extends Exception {

    BadValueException(String allowed) {
        super(allowed);
    }
}
