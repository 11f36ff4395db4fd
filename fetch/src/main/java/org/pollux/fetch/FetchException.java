package org.pollux.fetch;

/** Nothing can be fetched at all; the message says why. Exit status 1. */
final class FetchException extends Exception {

    FetchException(String message) {
        super(message);
    }
}
