package org.pollux.launcher;

/** A command line that cannot be understood; the message says what and how it is meant. Exit status 2. */
final class UsageException extends Exception {

    UsageException(String message) {
        super(message);
    }
}
