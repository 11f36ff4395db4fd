package org.pollux.servlet.sessions;

import java.time.Duration;

/**
 * What sessions may cost, and how their cookie looks.
 *
 * @param cookie its name
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}
 * @param timeout how long a session lives without a request, unless its application sets another time
 * @param sessions the most sessions at a time
 * @param values the most values of one session
 * @param bytes the most bytes of one value when it is stored
 */
public record SessionSettings(String cookie, String sameSite, Duration timeout, int sessions, int values, int bytes) {

    public static SessionSettings defaults() {
        return new SessionSettings("JSESSIONID", "Lax", Duration.ofMinutes(30), 100_000, 1_000, 1 << 20);
    }
}
