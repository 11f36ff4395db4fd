package org.pollux.fetch;

/** A command line that cannot be understood; the message says what and how it is meant. */
final class UsageException extends Exception {

    UsageException(String message) {
        super(message);
    }
}
