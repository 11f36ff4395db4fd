package org.pollux.launcher;

/** The server cannot start; the message is for its operator: what is wrong, and what helps. Exit status 1. */
final class StartException extends Exception {

    StartException(String message) {
        super(message);
    }
}
