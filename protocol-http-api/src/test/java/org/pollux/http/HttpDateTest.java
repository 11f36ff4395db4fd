package org.pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Dates (RFC 9110, section 5.6.7). */
class HttpDateTest {

    private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

    @Test
    void oneFormIsWritten() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(EXAMPLE));
        assertEquals("Mon, 01 Sep 2025 00:00:00 GMT", HttpDate.format(Instant.parse("2025-09-01T00:00:00Z")));
    }

    @Test
    void threeFormsAreRead() {
        assertEquals(Optional.of(EXAMPLE), HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT"));
        assertEquals(Optional.of(EXAMPLE), HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT"));
        assertEquals(Optional.of(EXAMPLE), HttpDate.parse("Sun Nov  6 08:49:37 1994"));
        assertEquals(Optional.of(Instant.parse("1994-11-16T08:49:37Z")), HttpDate.parse("Wed Nov 16 08:49:37 1994"));
    }

    @Test
    void noOtherIs() {
        for (String text : List.of(
                "",
                "0",
                "yesterday",
                "1994-11-06T08:49:37Z",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Mon, 06 Nov 1994 08:49:37 GMT")) {
            assertEquals(Optional.empty(), HttpDate.parse(text), text);
        }
    }
}
