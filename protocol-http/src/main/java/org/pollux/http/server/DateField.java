package org.pollux.http.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} field (RFC 9110, section 6.6.1), written once in each second in which it is asked for. */
final class DateField {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT\r\n'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Time time;
    private long second = Long.MIN_VALUE;
    private byte[] line = {};

    DateField(Time time) {
        this.time = time;
    }

    /** The field's line with its CRLF, as it is now; not to be changed. */
    byte[] line() {
        long now = Math.floorDiv(time.millis(), 1000L);
        if (now != second) {
            second = now;
            line = FORMAT.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        return line;
    }
}
