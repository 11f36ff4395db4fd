package org.pollux.http.server.syntax;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The form of a date in a field (RFC 9110, section 5.6.7). */
public final class HttpDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The date of a second since 1970. */
    public static String of(long second) {
        return FORMAT.format(Instant.ofEpochSecond(second));
    }
}
