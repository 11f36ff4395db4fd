package org.pollux.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OctetsTest {

    private final ByteBuffer lines = ByteBuffer.wrap("one\ntwo\n".getBytes(StandardCharsets.US_ASCII));

    @Test
    void aLineFeedIsFoundInItsRangeOnly() {
        assertEquals(3, Octets.findLineFeed(lines, 0, 8));
        assertEquals(3, Octets.findLineFeed(lines, 3, 8));
        assertEquals(7, Octets.findLineFeed(lines, 4, 8));
        assertEquals(7, Octets.findLineFeed(lines, 4, 7));
        assertEquals(2, Octets.findLineFeed(lines, 0, 2));
        assertEquals(8, Octets.findLineFeed(lines, 8, 8));
    }

    @Test
    void aTextIsOfAKindWhenAllOfItIs() {
        assertTrue(Octets.are(Octets.TOKEN, "Content-Length"));
        assertTrue(Octets.are(Octets.TEXT, "tab\tand \u00FC"));
        assertTrue(Octets.are(Octets.DIGIT, ""));
        assertFalse(Octets.are(Octets.TOKEN, "Content Length"));
        assertFalse(Octets.are(Octets.DIGIT, "12a"));
        assertFalse(Octets.are(Octets.TEXT, "beyond an octet: \u0141")); // whose low octet is an A
    }
}
