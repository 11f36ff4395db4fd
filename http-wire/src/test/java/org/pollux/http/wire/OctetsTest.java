package org.pollux.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that look at eight octets at once find what a look at one after the other finds. */
class OctetsTest {

    private static final int LENGTH = 27; // three times eight, and some
    private static final int ALL = 256;

    @ParameterizedTest
    @ValueSource(
            ints = {Octets.TOKEN, Octets.VISIBLE, Octets.TEXT, Octets.NAME, Octets.DIGIT, Octets.HEX, Octets.ALPHA})
    void anOctetOfAnotherKindIsFoundWhereverItIs(int kind) {
        byte[] inside = new byte[LENGTH];
        Random random = new Random(1);
        for (int octet = 0; octet < ALL; octet++) {
            for (int place = 0; place < LENGTH; place++) {
                for (int i = 0; i < LENGTH; i++) {
                    do {
                        inside[i] = (byte) random.nextInt(ALL);
                    } while (!Octets.is(kind, inside[i]));
                }
                inside[place] = (byte) octet;
                int from = random.nextInt(place + 1);
                int to = place + random.nextInt(LENGTH - place + 1);
                int expected = Octets.is(kind, octet) ? to : Math.min(place, to);
                assertEquals(expected, Octets.skip(kind, ByteBuffer.wrap(inside), from, to));
            }
        }
    }

    @Test
    void aLineFeedIsFoundWhereverItIs() {
        Random random = new Random(1);
        byte[] line = new byte[LENGTH];
        for (int place = 0; place < LENGTH; place++) {
            for (int other = 0; other < ALL; other++) {
                Arrays.fill(line, (byte) (other == Octets.LF ? 0 : other));
                line[place] = Octets.LF;
                int from = random.nextInt(place + 1);
                int to = place + random.nextInt(LENGTH - place + 1);
                assertEquals(Math.min(place, to), Octets.findLineFeed(ByteBuffer.wrap(line), from, to));
                assertEquals(to, Octets.findLineFeed(ByteBuffer.wrap(line), Math.min(place + 1, to), to));
            }
        }
    }

    @Test
    void ofSeveralLineFeedsTheFirstIsFound() {
        ByteBuffer lines = ByteBuffer.wrap("a\n\nb\n\n\nabcdefghi\nj\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder places = new StringBuilder();
        for (int at = 0; at < lines.limit(); at++) {
            at = Octets.findLineFeed(lines, at, lines.limit());
            places.append(at).append(' ');
        }
        assertEquals("1 2 4 5 6 16 18 ", places.toString());
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
