package org.pollux.http;

import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** Dates in fields, to the second (RFC 9110, section 5.6.7). From any thread. */
public final class HttpDate {

    private static final DateTimeFormatter PREFERRED = pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** The form of the C function asctime, which pads a day with a space. */
    private static final DateTimeFormatter ASCTIME = pattern("EEE MMM ppd HH:mm:ss uuuu");

    private HttpDate() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** The text of a time: {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static String format(Instant time) {
        return PREFERRED.format(time.atOffset(ZoneOffset.UTC));
    }

    /**
     * Reads a date in any of the three forms that a recipient has to accept.
     *
     * @return empty if the text has none of them; the field is then ignored
     */
    public static Optional<Instant> parse(String text) {
        return parse(text, PREFERRED).or(() -> parse(text, obsolete())).or(() -> parse(text, ASCTIME));
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The form of RFC 850. Its year of two digits is at most 50 years in the future. */
    private static DateTimeFormatter obsolete() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(49))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
