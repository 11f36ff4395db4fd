package org.pollux.http.server.settings;

import java.time.Duration;

/** Checks that a value is within its range. */
public final class Bounds {

    private Bounds() {}

    public static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    public static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + value.toMillis() + " ms");
        }
    }
}
