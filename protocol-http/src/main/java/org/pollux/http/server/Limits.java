package org.pollux.http.server;

import java.time.Duration;

/** What a bound may be. */
final class Limits {

    private Limits() {}

    static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + value);
        }
    }
}
